package com.claudemesh.protocol.crypto.audit;

import com.claudemesh.protocol.crypto.Signatures;

/**
 * The end of a mesh's chain at a moment. A signed copy kept outside the database shows a chain that was rewritten as a
 * whole, which the hashes alone cannot.
 *
 * @param entries rows in the chain
 * @param hash hash of the last row, or {@link AuditEntry#GENESIS}
 * @param createdAt as {@link AuditEntry#timeText} writes it
 */
public record AuditHead(String meshId, long entries, String hash, String createdAt) {

    /**
     * Signs the head.
     *
     * @param secretHex ed25519 secret key of the mesh owner or the server, 128 hexadecimal digits
     * @return 128 lowercase hexadecimal digits
     * @throws com.claudemesh.protocol.crypto.BadKeyException if the secret key is malformed
     */
    public String sign(String secretHex) {
        return Signatures.sign(canonical(), secretHex);
    }

    /** Whether the signature is this key's over this head. */
    public boolean isSignedBy(String publicHex, String signatureHex) {
        return Signatures.verify(canonical(), signatureHex, publicHex);
    }

    private String canonical() {
        return String.join("|", "claudemesh-audit-head", meshId, Long.toString(entries), hash, createdAt);
    }
}

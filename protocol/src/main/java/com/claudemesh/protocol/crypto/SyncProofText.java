package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Digests;

/** What a key signs to show that whoever uses a synchronisation token holds it. */
public final class SyncProofText {
    private SyncProofText() {}

    /**
     * The signed text.
     *
     * @param publicKey 64 hexadecimal digits
     */
    public static String canonical(String token, String publicKey) {
        return "claudemesh-sync|" + Digests.sha256Hex(token) + "|" + publicKey;
    }
}

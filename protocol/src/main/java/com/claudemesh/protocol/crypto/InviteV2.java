package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.encoding.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A short-code invite whose signed capability stays on the server; the claimant gets the root key sealed.
 *
 * @param expiresAtSeconds Unix time in seconds, rounded down from the row's milliseconds
 * @param role {@code admin} or {@code member}
 * @param ownerPubkey 64 hexadecimal digits
 */
public record InviteV2(String meshId, String inviteId, long expiresAtSeconds, String role, String ownerPubkey) {

    public static final int ROOT_KEY_BYTES = 32;

    /** The seconds that signer and verifier must both use for an expiry in milliseconds. */
    public static long expirySeconds(long expiresAtMillis) {
        return Math.floorDiv(expiresAtMillis, 1000L);
    }

    /** The signed text, without a trailing newline. */
    public String canonical() {
        return String.join("|", "v=2", meshId, inviteId, Long.toString(expiresAtSeconds), role, ownerPubkey);
    }

    /**
     * The mesh owner's signature, 128 lowercase hexadecimal digits.
     *
     * @throws MalformedInviteException if a field contains the separator of the signed text
     * @throws BadKeyException if the secret key is malformed
     */
    public String sign(String ownerSecretHex) {
        if (hasSeparator()) {
            throw new MalformedInviteException("field", "contains the separator |");
        }
        return Signatures.sign(canonical(), ownerSecretHex);
    }

    /** Whether the signature is the named owner's over this invite. */
    public boolean signatureValid(String signatureHex) {
        return !hasSeparator() && Signatures.verify(canonical(), signatureHex, ownerPubkey);
    }

    /**
     * The stored capability: compact JSON of the signed text and its signature.
     *
     * @throws MalformedInviteException as {@link #sign}
     * @throws BadKeyException if the secret key is malformed
     */
    public String capabilityJson(String ownerSecretHex) {
        return "{\"canonical\":" + JsonText.quote(canonical()) + ",\"signature\":"
                + JsonText.quote(sign(ownerSecretHex)) + "}";
    }

    /** Whether a stored capability is about exactly this row and signed by its owner. */
    public boolean verifyCapability(String capabilityJson) {
        return JsonReader.read(capabilityJson).filter(this::isCoveredBy).isPresent();
    }

    /** The claimant's x25519 key: strict unpadded URL Base64 of 32 bytes, not of low order; else empty. */
    public static Optional<byte[]> recipientKey(String recipientKeyB64Url) {
        try {
            byte[] key = Base64Text.decodeUrl(recipientKeyB64Url);
            SharedKey.between(key, BoxKeyPair.generate().secretKey());
            return Optional.of(key);
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /**
     * Seals the mesh root key for a claimant.
     *
     * @param rootKey 32 bytes
     * @param recipientPublic a key accepted by {@link #recipientKey}
     * @return 80 bytes as 107 characters of unpadded URL Base64
     * @throws BadKeyException if a length is wrong or the recipient's key is of low order
     */
    public static String sealRootKey(byte[] rootKey, byte[] recipientPublic) {
        return sealRootKey(rootKey, recipientPublic, BoxKeyPair.generate());
    }

    /** The 32 bytes of a sealed root key, or empty if it was altered, sealed to another key or has another length. */
    public static Optional<byte[]> openRootKey(String sealedRootKeyB64Url, BoxKeyPair claimant) {
        try {
            return SealedBox.open(Base64Text.decodeUrl(sealedRootKeyB64Url), claimant)
                    .filter(rootKey -> rootKey.length == ROOT_KEY_BYTES);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    static String sealRootKey(byte[] rootKey, byte[] recipientPublic, BoxKeyPair ephemeral) {
        if (rootKey.length != ROOT_KEY_BYTES) {
            throw new BadKeyException("a mesh root key has 32 bytes");
        }
        return Base64Text.encodeUrl(SealedBox.seal(rootKey, recipientPublic, ephemeral));
    }

    private boolean isCoveredBy(JsonNode capability) {
        return canonical().equals(capability.path("canonical").asText())
                && signatureValid(capability.path("signature").asText());
    }

    private boolean hasSeparator() {
        return HelloText.hasSeparator(meshId, inviteId, role, ownerPubkey);
    }
}

package com.claudemesh.protocol.crypto;

/** What a new member key signs to show that whoever puts it in the place of the old one holds it. */
public final class MemberKeyText {
    private MemberKeyText() {}

    /**
     * The signed text.
     *
     * @param publicKey the new key, 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException when an id contains the separator
     */
    public static String canonical(String meshId, String memberId, String publicKey, long timestampMillis) {
        if (HelloText.hasSeparator(meshId, memberId)) {
            throw new IllegalArgumentException("an id contains " + HelloText.SEPARATOR);
        }
        return String.join(
                String.valueOf(HelloText.SEPARATOR),
                "claudemesh-member-key",
                meshId,
                memberId,
                publicKey,
                Long.toString(timestampMillis));
    }
}

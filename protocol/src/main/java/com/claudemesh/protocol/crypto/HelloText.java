package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.EcmaNumber;

/** The text that a member signs to say hello: {@code meshId|memberId|pubkey|timestamp}. */
public final class HelloText {

    static final char SEPARATOR = '|';

    private HelloText() {}

    /**
     * The canonical text.
     *
     * @param pubkey exactly as sent: its case is signed too
     */
    public static String canonical(String meshId, String memberId, String pubkey, long timestampMillis) {
        return canonical(meshId, memberId, pubkey, Long.toString(timestampMillis));
    }

    /** The canonical text for a timestamp that arrived as any JSON number; it is signed as ECMAScript prints it. */
    public static String canonical(String meshId, String memberId, String pubkey, Number timestampMillis) {
        return canonical(meshId, memberId, pubkey, EcmaNumber.text(timestampMillis.doubleValue()));
    }

    private static String canonical(String meshId, String memberId, String pubkey, String timestamp) {
        return meshId + SEPARATOR + memberId + SEPARATOR + pubkey + SEPARATOR + timestamp;
    }

    /** Fields are joined without escaping, so a separator inside one would let two meanings share a signature. */
    static boolean hasSeparator(String... fields) {
        for (String field : fields) {
            if (field.indexOf(SEPARATOR) >= 0) {
                return true;
            }
        }
        return false;
    }
}

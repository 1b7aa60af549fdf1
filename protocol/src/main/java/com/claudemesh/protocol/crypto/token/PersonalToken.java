package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import java.util.regex.Pattern;

/**
 * A personal access token: {@code cm_pat_} and 32 random bytes in unpadded Base32 (RFC 4648 §6), 59 characters. Shown once;
 * only its hash is stored.
 */
public record PersonalToken(String secret) {

    public static final String MARK = "cm_pat_";
    public static final int SECRET_CHARS = 59;

    private static final int RANDOM_BYTES = 32;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Pattern FORM = Pattern.compile(MARK + "[A-Z2-7]{52}");

    public static PersonalToken generate() {
        return of(RandomBytes.of(RANDOM_BYTES));
    }

    /** Whether a presented text can be such a token at all. */
    public static boolean isPlausible(String presented) {
        return FORM.matcher(presented).matches();
    }

    /** The stored form: 64 lowercase hexadecimal digits of SHA-256 of the whole text. */
    public static String hash(String presented) {
        return Digests.sha256Hex(presented);
    }

    /** Shows the kind only. */
    @Override
    public String toString() {
        return "PersonalToken";
    }

    static PersonalToken of(byte[] random) {
        StringBuilder text = new StringBuilder(MARK);
        int buffer = 0;
        int bits = 0;
        for (byte next : random) {
            buffer = buffer << 8 | next & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(buffer >> bits & 31));
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << 5 - bits & 31));
        }
        return new PersonalToken(text.toString());
    }
}

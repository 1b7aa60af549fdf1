package com.claudemesh.protocol.encoding;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Hexadecimal text: lowercase when written, either case when read. */
public final class Hex {

    private static final HexFormat LOWERCASE = HexFormat.of();
    private static final int KEY_CHARS = 64;
    private static final int SIGNATURE_CHARS = 128;

    private Hex() {}

    /** Two lowercase digits for each byte. */
    public static String encode(byte[] bytes) {
        return LOWERCASE.formatHex(bytes);
    }

    /**
     * Reads hexadecimal digits of either case, without separators or prefix.
     *
     * @throws IllegalArgumentException if the length is odd or a character is not a hexadecimal digit
     */
    public static byte[] decode(String text) {
        return LOWERCASE.parseHex(text);
    }

    /** True for the shape of an ed25519 or x25519 public key: 64 digits of either case. */
    public static boolean isKey(@Nullable String text) {
        return hasDigits(text, KEY_CHARS, true);
    }

    /** True for the only key shape that names the recipient of a direct message: 64 lowercase digits. */
    public static boolean isLowerKey(@Nullable String text) {
        return hasDigits(text, KEY_CHARS, false);
    }

    /** True for the shape of an ed25519 signature or 64-byte secret key: 128 digits of either case. */
    public static boolean isSignature(@Nullable String text) {
        return hasDigits(text, SIGNATURE_CHARS, true);
    }

    private static boolean hasDigits(@Nullable String text, int length, boolean uppercaseAllowed) {
        if (text == null || text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!digit && !(uppercaseAllowed && c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return true;
    }
}

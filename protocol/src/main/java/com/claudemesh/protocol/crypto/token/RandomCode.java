package com.claudemesh.protocol.crypto.token;

import com.claudemesh.protocol.crypto.primitive.RandomBytes;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;

/** Random codes that people type, and random tokens that programs pass on. Every symbol is equally likely. */
public final class RandomCode {

    /** 32 symbols without look-alikes: 5 bits each. */
    public static final String TYPEABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /** 57 symbols in both cases, used in links. */
    public static final String LINK = "23456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

    /** Symbols of the short code that a person compares between terminal and browser. */
    public static final String PAIRING = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

    /** Characters of an invite code: 60 bits, within the 6 to 16 that clients accept. */
    public static final int INVITE_CHARS = 12;

    public static final int PAIRING_CHARS = 4;

    private static final int TOKEN_BYTES = 32;

    private RandomCode() {}

    /** A code of the given length over an alphabet. */
    public static String of(String alphabet, int chars) {
        StringBuilder code = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            code.append(alphabet.charAt(RandomBytes.below(alphabet.length())));
        }
        return code.toString();
    }

    /** A short code for an invite link. */
    public static String inviteCode() {
        return of(TYPEABLE, INVITE_CHARS);
    }

    /** 32 random bytes as 43 characters of unpadded URL Base64. */
    public static String urlToken() {
        return Base64Text.encodeUrl(RandomBytes.of(TOKEN_BYTES));
    }

    /** 32 random bytes as 64 lowercase hexadecimal digits. */
    public static String hexToken() {
        return Hex.encode(RandomBytes.of(TOKEN_BYTES));
    }
}

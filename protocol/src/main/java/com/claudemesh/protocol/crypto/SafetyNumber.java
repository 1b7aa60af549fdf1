package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Thirty digits that two people compare aloud to see that they know each other's real keys.
 *
 * <p>SHA-256 of both keys in ascending order; the first 120 bits as six groups of 20, each modulo 100000.
 */
public final class SafetyNumber {

    private static final int GROUPS = 6;
    private static final int GROUP_BITS = 20;
    private static final int USED_BYTES = GROUPS * GROUP_BITS / Byte.SIZE;
    private static final int GROUP_MODULUS = 100_000;

    private SafetyNumber() {}

    /**
     * The number of two member keys; the same in either order.
     *
     * @return six groups of five digits, separated by single spaces
     * @throws BadKeyException if a key is not 64 hexadecimal digits
     */
    public static String of(String onePublicHex, String otherPublicHex) {
        if (!Hex.isKey(onePublicHex) || !Hex.isKey(otherPublicHex)) {
            throw new BadKeyException("a public key is written as 64 hexadecimal digits");
        }
        byte[] one = Hex.decode(onePublicHex);
        byte[] other = Hex.decode(otherPublicHex);
        boolean ordered = Arrays.compareUnsigned(one, other) <= 0;
        byte[] hash = Digests.sha256(ordered ? one : other, ordered ? other : one);
        BigInteger bits = new BigInteger(1, Arrays.copyOf(hash, USED_BYTES));
        StringBuilder number = new StringBuilder();
        for (int group = GROUPS - 1; group >= 0; group--) {
            int value = bits.shiftRight(group * GROUP_BITS).intValue() & ((1 << GROUP_BITS) - 1);
            String digits = Integer.toString(value % GROUP_MODULUS);
            number.append("0".repeat(5 - digits.length())).append(digits).append(group > 0 ? " " : "");
        }
        return number.toString();
    }
}

package com.claudemesh.protocol.encoding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Number text as ECMAScript writes it (ECMA-262 Number::toString, radix 10; the number form of RFC 8785).
 *
 * <p>The JDK's own text is not always the shortest before release 19 and uses another layout, so it is not used here.
 */
public final class EcmaNumber {

    private static final double EXACT_INTEGER_LIMIT = 0x1p53;
    private static final int MAX_PLAIN_EXPONENT = 21;
    private static final int MIN_PLAIN_EXPONENT = -6;
    private static final int MAX_DIGITS = 17;

    private EcmaNumber() {}

    /** The shortest text that reads back as the same double; {@code NaN} and infinities by their ECMAScript names. */
    public static String text(double value) {
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) <= EXACT_INTEGER_LIMIT && value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String sign = value < 0 ? "-" : "";
        return sign + layout(shortest.unscaledValue().toString(), shortest.precision() - shortest.scale());
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal best = exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
        for (int digits = MAX_DIGITS - 1; digits > 0; digits--) {
            BigDecimal shorter = roundTrip(exact, value, digits);
            if (shorter == null) {
                break;
            }
            best = shorter;
        }
        return best.stripTrailingZeros();
    }

    /**
     * Next to a power of two the nearest decimal of a length can lie outside the rounding interval while its other
     * neighbour lies inside, hence the second and third try.
     */
    private static @Nullable BigDecimal roundTrip(BigDecimal exact, double value, int digits) {
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN}) {
            BigDecimal candidate = exact.round(new MathContext(digits, mode));
            if (candidate.doubleValue() == value) {
                return candidate;
            }
        }
        return null;
    }

    private static String layout(String digits, int exponent) {
        int count = digits.length();
        if (count <= exponent && exponent <= MAX_PLAIN_EXPONENT) {
            return digits + "0".repeat(exponent - count);
        }
        if (0 < exponent && exponent <= MAX_PLAIN_EXPONENT) {
            return digits.substring(0, exponent) + "." + digits.substring(exponent);
        }
        if (MIN_PLAIN_EXPONENT < exponent && exponent <= 0) {
            return "0." + "0".repeat(-exponent) + digits;
        }
        String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int power = exponent - 1;
        return mantissa + (power < 0 ? "e-" : "e+") + Math.abs(power);
    }
}

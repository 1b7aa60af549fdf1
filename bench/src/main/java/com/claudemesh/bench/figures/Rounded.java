package com.claudemesh.bench.figures;

/** Numbers for people and JSON. */
public final class Rounded {
    private Rounded() {}

    /** Seconds with three decimals. */
    public static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1000.0;
    }

    /** Events per second with one decimal; the time counts as at least a microsecond. */
    public static double perSecond(long events, long nanos) {
        return Math.round(events * 1e10 / Math.max(1_000, nanos)) / 10.0;
    }

    /** A share with three decimals; 0 of nothing. */
    public static double ratio(double part, double whole) {
        return whole == 0 ? 0 : Math.round(part / whole * 1000) / 1000.0;
    }
}

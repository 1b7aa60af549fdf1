package com.claudemesh.bench.report;

/** What was asked for, what was measured, and whether that is enough. */
record Target(String what, String wanted, String measured, boolean met) {

    static Target atLeast(String what, double wanted, double measured, String unit) {
        return new Target(what, "≥ " + number(wanted) + unit, number(measured) + unit, measured >= wanted);
    }

    static Target atMost(String what, double wanted, double measured, String unit) {
        return new Target(what, "≤ " + number(wanted) + unit, number(measured) + unit, measured <= wanted);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    String verdict() {
        return met ? "PASS" : "MISS";
    }
}

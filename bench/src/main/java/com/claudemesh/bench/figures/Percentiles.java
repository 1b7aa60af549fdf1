package com.claudemesh.bench.figures;

/** Nearest-rank percentiles in milliseconds, two decimals; all 0 without any event. */
public record Percentiles(double p50, double p95, double p99, double max) {

    @Override
    public String toString() {
        return p50 + " / " + p95 + " / " + p99;
    }
}

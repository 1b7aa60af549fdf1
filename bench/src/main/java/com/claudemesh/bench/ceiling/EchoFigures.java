package com.claudemesh.bench.ceiling;

import com.claudemesh.bench.figures.Percentiles;

/**
 * What the container's echo endpoint did.
 *
 * @param echoes frames that went there and came back
 * @param generatorCpuPercent processor time of the generator; 100 is one core
 */
public record EchoFigures(
        int connections,
        int payloadBytes,
        long echoes,
        double seconds,
        double echoesPerSecond,
        Percentiles roundTripMillis,
        double generatorCpuPercent) {}

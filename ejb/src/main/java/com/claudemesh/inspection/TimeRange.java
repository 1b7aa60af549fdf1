package com.claudemesh.inspection;

import java.time.Instant;

/** From one moment, included, to another one, excluded. */
public record TimeRange(Instant from, Instant to) {}

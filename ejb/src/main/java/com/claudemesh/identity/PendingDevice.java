package com.claudemesh.identity;

import java.time.Instant;

/** A command line that waits to be signed in, as whoever decides sees it. */
public record PendingDevice(String userCode, DeviceInfo device, String address, Instant createdAt, Instant expiresAt) {}

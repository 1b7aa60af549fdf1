package com.claudemesh.identity;

import java.time.Duration;

/** What became of the wish to see, approve or deny a command line's sign-in. */
public sealed interface DeviceDecision {

    /** It waits for a decision. */
    record Waiting(PendingDevice device) implements DeviceDecision {}

    record Decided(boolean approved) implements DeviceDecision {}

    /** No pending sign-in has this code. */
    record Unknown() implements DeviceDecision {}

    record Expired() implements DeviceDecision {}

    /** Too many wrong codes. */
    record Throttled(Duration retryAfter) implements DeviceDecision {}
}

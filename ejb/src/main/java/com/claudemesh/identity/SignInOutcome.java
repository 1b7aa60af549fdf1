package com.claudemesh.identity;

import java.time.Duration;

/** How an attempt to sign in ended. */
public sealed interface SignInOutcome {

    record SignedIn(Account account, WebSession.Opened session) implements SignInOutcome {}

    /** Unknown address, wrong password, no password, disabled account: the same answer for all. */
    record Refused() implements SignInOutcome {}

    record Throttled(Duration retryAfter) implements SignInOutcome {}
}

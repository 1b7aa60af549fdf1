package com.claudemesh.identity;

/** What a polling command line is told. */
public sealed interface DevicePoll {

    record Pending() implements DevicePoll {}

    /** The time is over, or there never was such a code. */
    record Expired() implements DevicePoll {}

    record Denied() implements DevicePoll {}

    /** The token was handed out before. */
    record Consumed() implements DevicePoll {}

    /** Handed out to exactly one poll. */
    record Approved(String token, Account account) implements DevicePoll {
        @Override
        public String toString() {
            return "Approved[" + account.id() + "]";
        }
    }
}

package com.claudemesh.identity;

/** What became of a link and the password chosen with it. */
public sealed interface LinkOutcome {

    record Done(Account account) implements LinkOutcome {}

    /** Unknown, used, expired, or its account is disabled. */
    record Gone() implements LinkOutcome {}

    /** The link stays usable. */
    record Invalid(String field, String problem) implements LinkOutcome {}
}

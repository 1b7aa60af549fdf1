package com.claudemesh.identity;

import java.time.Duration;

/** What became of the wish to be mailed a link. */
public sealed interface MailRequest {

    /** If there is something to mail, it is on its way. The same answer whether or not the account exists. */
    record Accepted() implements MailRequest {}

    /** This server cannot send mail: an administrator can issue a link. */
    record NoMail() implements MailRequest {}

    record Invalid(String field, String problem) implements MailRequest {}

    record Throttled(Duration retryAfter) implements MailRequest {}

    /** Accounts are made by administrators only. */
    record RegistrationClosed() implements MailRequest {}
}

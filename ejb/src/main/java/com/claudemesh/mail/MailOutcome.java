package com.claudemesh.mail;

/** What became of a mail that was to be queued. */
public sealed interface MailOutcome {

    /** It is sent after the caller's transaction commits. */
    record Queued(String mailId) implements MailOutcome {}

    /** This server has no mail server: whoever asked must hand the news over otherwise. */
    record NotConfigured() implements MailOutcome {}
}

package com.claudemesh.mail;

import jakarta.mail.MessagingException;

/** Hands mails to a mail server. */
@FunctionalInterface
public interface MailTransport {

    /**
     * Blocks until the mail server has taken the mail.
     *
     * @param messageId the same for every attempt at one mail
     * @throws MessagingException when it has not; the attempt may be repeated
     */
    void send(String messageId, Mail mail) throws MessagingException;
}

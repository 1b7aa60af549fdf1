/**
 * Mail that must not be lost: an outbox in PostgreSQL, and SMTP.
 *
 * <p>Promise: a mail is queued in the transaction of what it tells about, and from then on tried with growing pauses until
 * the mail server takes it or the attempts are used up; any number of nodes send at once and each mail is claimed by one. A
 * node that dies between the mail server's yes and its own commit sends that mail a second time, with the same {@code
 * Message-ID}. Without a mail server queueing is refused with a typed outcome. Contents are encrypted at rest and deleted
 * once sent. Blocking; plain Java with constructor injection.
 */
@NullMarked
package com.claudemesh.mail;

import org.jspecify.annotations.NullMarked;

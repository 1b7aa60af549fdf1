package com.claudemesh.messaging;

import com.claudemesh.audit.AuditEvent;
import com.claudemesh.audit.PreparedEvent;
import com.claudemesh.platform.Counter;
import com.claudemesh.platform.Metrics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Takes a message with its recipients to the journal, and what the journal says back to sender and mailboxes. */
final class Intake {
    private final Mailboxes mailboxes;
    private final Journal journal;
    private final Counter routed;

    Intake(Mailboxes mailboxes, Journal journal, Metrics metrics) {
        this.mailboxes = mailboxes;
        this.journal = journal;
        this.routed = metrics.counter("broker_messages_routed_total", "Messages accepted and stored, by priority");
    }

    /** What the sender is told, once, before anybody is handed the message. On the journal thread; must not block. */
    interface Answer {
        void stored();

        void duplicate(String firstMessageId, boolean sameRequest);

        void failed(String reason);
    }

    /** On the caller's thread is done what can be: the journal has one, and everybody waits for it. */
    void store(Message message, List<Recipient> recipients, Answer answer) {
        PreparedEvent event = PreparedEvent.of(sent(message));
        String push = message.encodePush();
        List<Submission.Copy> copies = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            copies.add(mailboxes.with(
                    recipient.memberId(),
                    mailbox -> new Submission.Copy(recipient, mailbox, mailbox.reserve(recipient, message))));
        }
        Waiting waiting = new Waiting(message, push, copies, answer);
        if (!journal.submit(new Submission(message, copies, event, System.nanoTime(), waiting))) {
            waiting.failed("busy: too many messages are waiting to be stored, try again");
        }
    }

    /** That a message was sent, and to whom; never what it says. */
    private static AuditEvent sent(Message message) {
        JsonNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("targetSpec", message.targetSpec())
                .put("priority", message.priority().wire());
        return new AuditEvent(
                message.meshId(),
                "message_sent",
                message.sender().memberId(),
                message.sender().displayName(),
                payload,
                message.createdAt());
    }

    private final class Waiting implements Submission.Outcome {
        private final Message message;
        private final String push;
        private final List<Submission.Copy> copies;
        private final Answer answer;

        Waiting(Message message, String push, List<Submission.Copy> copies, Answer answer) {
            this.message = message;
            this.push = push;
            this.copies = copies;
            this.answer = answer;
        }

        @Override
        public void stored(long seq) {
            routed.increment("priority", message.priority().wire());
            answer.stored();
            copies.forEach(
                    copy -> copy.mailbox().stored(new Delivery(seq, message, copy.recipient()), copy.claimed(), push));
        }

        @Override
        public void duplicate(String firstMessageId, boolean sameRequest) {
            copies.forEach(copy -> copy.mailbox().cancel(copy.claimed()));
            answer.duplicate(firstMessageId, sameRequest);
        }

        @Override
        public void failed(String reason) {
            copies.forEach(copy -> copy.mailbox().cancel(copy.claimed()));
            answer.failed(reason);
        }
    }
}

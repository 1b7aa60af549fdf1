package com.claudemesh.messaging;

import com.claudemesh.platform.Counter;
import com.claudemesh.platform.Metrics;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PresenceObserver;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.ClientAck;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The door to messaging. Accepts messages, takes acknowledgements, answers what became of messages, and learns which peers
 * come and go and when their gates open. Safe for any thread but a socket thread; answers arrive on other threads.
 */
public final class MessagingService implements PresenceObserver {
    private final TargetResolver resolver;
    private final SendLimits limits;
    private final Mailboxes mailboxes;
    private final Journal journal;
    private final MarkJournal marks;
    private final ReceiptDesk receipts;
    private final Executor readers;
    private final MessagingSettings settings;
    private final Clock clock;
    private final Counter routed;
    private final Counter rejected;

    MessagingService(
            TargetResolver resolver,
            SendLimits limits,
            Mailboxes mailboxes,
            Journal journal,
            MarkJournal marks,
            ReceiptDesk receipts,
            Executor readers,
            MessagingSettings settings,
            Clock clock,
            Metrics metrics) {
        this.resolver = resolver;
        this.limits = limits;
        this.mailboxes = mailboxes;
        this.journal = journal;
        this.marks = marks;
        this.receipts = receipts;
        this.readers = readers;
        this.settings = settings;
        this.clock = clock;
        this.routed = metrics.counter("broker_messages_routed_total", "Messages accepted and stored, by priority");
        this.rejected = metrics.counter("broker_messages_rejected_total", "Messages refused, by reason");
    }

    /**
     * Accepts a message. The answer says {@code queued} only after the message and one copy per recipient are on disk;
     * the answer precedes the pushes that the send causes.
     */
    public CompletionStage<Ack> send(Peer sender, Send send) {
        Optional<SendLimits.Exceeded> tooMany = limits.take(sender);
        if (tooMany.isPresent()) {
            return slowDown(send, tooMany.get());
        }
        if (send.sizeChars() > settings.maxMessageChars()) {
            return refuse(
                    send,
                    "too_large",
                    "payload too large: " + send.sizeChars() + " characters, at most " + settings.maxMessageChars());
        }
        Resolution resolution = resolver.resolve(sender, send.targetSpec(), send.priority());
        if (resolution instanceof Resolution.Refused refused) {
            return refuse(send, refused.reason(), refused.text());
        }
        Resolution.Known known = (Resolution.Known) resolution;
        if (!TargetKind.of(send.targetSpec()).multicast()) {
            Optional<SendLimits.Exceeded> looping =
                    limits.takeTurn(sender, known.recipients().get(0));
            if (looping.isPresent()) {
                return slowDown(send, looping.get());
            }
        }
        return store(sender, send, known);
    }

    private CompletionStage<Ack> slowDown(Send send, SendLimits.Exceeded limit) {
        rejected.increment("reason", limit.reason());
        return CompletableFuture.completedFuture(Ack.refusedFor(send.id(), limit.text(), limit.retryAfterMillis()));
    }

    private CompletionStage<Ack> refuse(Send send, String reason, String text) {
        rejected.increment("reason", reason);
        return CompletableFuture.completedFuture(Ack.refused(send.id(), text));
    }

    private CompletionStage<Ack> store(Peer sender, Send send, Resolution.Known known) {
        Message message = message(sender, send);
        List<Submission.Copy> copies = new ArrayList<>(known.recipients().size());
        for (Recipient recipient : known.recipients()) {
            copies.add(mailboxes.with(
                    recipient.memberId(),
                    mailbox -> new Submission.Copy(recipient, mailbox, mailbox.reserve(recipient, message))));
        }
        String recipient = sender.client().announces(Capability.RECEIPTS) ? recipientText(known.reach()) : null;
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        Waiting waiting = new Waiting(send, message, copies, recipient, answer);
        if (!journal.submit(new Submission(message, copies, System.nanoTime(), waiting))) {
            waiting.failed("busy: too many messages are waiting to be stored, try again");
        }
        return answer;
    }

    private static @Nullable String recipientText(Resolution.Reach reach) {
        return switch (reach) {
            case NOW -> null;
            case HELD -> "held";
            case OFFLINE -> "offline";
        };
    }

    private Message message(Peer sender, Send send) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Message.Sender from = new Message.Sender(
                sender.memberId(),
                sender.identity().memberPublicKey(),
                sender.identity().sessionPublicKey(),
                sender.presenceId(),
                sender.identity().displayName());
        Message.Extras extras = new Message.Extras(
                null, send.clientMessageId(), send.requestFingerprint(), send.replyToId(), send.bodyVersion());
        return new Message(
                Ids.next(),
                sender.meshId(),
                from,
                send.targetSpec(),
                send.priority(),
                send.nonce(),
                send.ciphertext(),
                extras,
                now,
                now.plus(settings.timeToLive()));
    }

    /** Turns what the journal says into the sender's answer and the recipients' copies. */
    private final class Waiting implements Submission.Outcome {
        private final Send send;
        private final Message message;
        private final List<Submission.Copy> copies;
        private final @Nullable String recipient;
        private final CompletableFuture<Ack> answer;

        Waiting(
                Send send,
                Message message,
                List<Submission.Copy> copies,
                @Nullable String recipient,
                CompletableFuture<Ack> answer) {
            this.send = send;
            this.message = message;
            this.copies = copies;
            this.recipient = recipient;
            this.answer = answer;
        }

        @Override
        public void stored(long seq) {
            routed.increment("priority", message.priority().wire());
            answer.complete(Ack.stored(send.id(), message.id(), recipient));
            String push = message.encodePush();
            copies.forEach(
                    copy -> copy.mailbox().stored(new Delivery(seq, message, copy.recipient()), copy.claimed(), push));
        }

        @Override
        public void duplicate(String firstMessageId, boolean sameRequest) {
            copies.forEach(copy -> copy.mailbox().cancel(copy.claimed()));
            answer.complete(
                    sameRequest
                            ? Ack.stored(send.id(), firstMessageId, null)
                            : Ack.refused(
                                    send.id(),
                                    "invalid: client_message_id was used before with another request_fingerprint"));
        }

        @Override
        public void failed(String reason) {
            copies.forEach(copy -> copy.mailbox().cancel(copy.claimed()));
            answer.complete(Ack.refused(send.id(), reason));
        }
    }

    /** The peer has a message; from now on it is held to acknowledge. Unknown ids are ignored. */
    public void acknowledge(Peer peer, ClientAck ack) {
        peer.startAcknowledging();
        String messageId = ack.brokerMessageId();
        if (messageId == null && ack.clientMessageId() != null) {
            messageId = mailboxes.with(peer.memberId(), mailbox -> mailbox.messageIdOf(ack.clientMessageId()));
        }
        if (messageId == null || messageId.isEmpty()) {
            return;
        }
        String id = messageId;
        if (!mailboxes.with(peer.memberId(), mailbox -> mailbox.acknowledged(id)) && Ids.isId(id)) {
            marks.mark(Mark.receivedById(id, peer.memberId()));
        }
    }

    /** What became of a message of the mesh, for anybody in it. */
    public CompletionStage<ServerFrame> status(Peer peer, MessageStatus request) {
        return read(() -> receipts.status(peer.meshId(), request.messageId()));
    }

    /** Copies of the mesh that ended without arriving. The caller has checked that the peer may see them. */
    public CompletionStage<ServerFrame> deadLetters(Peer peer, ListDeadLetters request) {
        return read(() -> receipts.deadLetters(peer.meshId(), request));
    }

    private CompletionStage<ServerFrame> read(Callable<ServerFrame> query) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return query.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                readers);
    }

    /** The peer has its {@code hello_ack}: hand it what it is owed. */
    public void ready(Peer peer) {
        if (peer.receivesMessages()) {
            mailboxes.attach(peer);
        }
    }

    /** The peer's connection is gone: what it had not settled is owed again. */
    public void gone(Peer peer) {
        mailboxes.detach(peer);
    }

    @Override
    public void gateChanged(Peer peer) {
        mailboxes.gateChanged(peer);
    }

    /** Mail for exactly that session waits for it. */
    @Override
    public void leaseStarted(Peer peer) {
        mailboxes.await(peer);
    }

    @Override
    public void leaseEnded(Peer peer) {
        mailboxes.awaitNoLonger(peer);
    }
}

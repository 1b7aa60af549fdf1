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
import com.claudemesh.protocol.frame.MessageStatusResult;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private final Conversations conversations;
    private final SendLimits limits;
    private final Mailboxes mailboxes;
    private final MarkJournal marks;
    private final Intake intake;
    private final ReceiptDesk receipts;
    private final Executor readers;
    private final MessagingSettings settings;
    private final Clock clock;
    private final Counter rejected;

    MessagingService(
            TargetResolver resolver,
            Conversations conversations,
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
        this.conversations = conversations;
        this.limits = limits;
        this.mailboxes = mailboxes;
        this.marks = marks;
        this.receipts = receipts;
        this.readers = readers;
        this.settings = settings;
        this.clock = clock;
        this.intake = new Intake(mailboxes, journal, metrics);
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
        if (TargetKind.of(send.targetSpec()) == TargetKind.TOPIC) {
            boolean receipts = sender.client().announces(Capability.RECEIPTS);
            return post(sender.meshId(), sender(sender), send).thenApply(result -> ack(send, result, receipts));
        }
        if (send.sizeChars() > settings.maxMessageChars()) {
            return refuse(send, "too_large", tooLarge(send.sizeChars()));
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

    private String tooLarge(long sizeChars) {
        return "payload too large: " + sizeChars + " characters, at most " + settings.maxMessageChars();
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
        Message.Extras extras = new Message.Extras(
                null, send.clientMessageId(), send.requestFingerprint(), send.replyToId(), send.bodyVersion());
        String recipient = sender.client().announces(Capability.RECEIPTS) ? recipientText(known.reach()) : null;
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        Message message = message(sender.meshId(), sender(sender), send.targetSpec(), send, extras);
        intake.store(message, known.recipients(), new Intake.Answer() {
            @Override
            public void stored() {
                answer.complete(Ack.stored(send.id(), message.id(), recipient));
            }

            @Override
            public void duplicate(String firstMessageId, boolean sameRequest) {
                answer.complete(repeated(send, firstMessageId, sameRequest));
            }

            @Override
            public void failed(String reason) {
                answer.complete(Ack.refused(send.id(), reason));
            }
        });
        return answer;
    }

    private static Ack repeated(Send send, String firstMessageId, boolean sameRequest) {
        return sameRequest
                ? Ack.stored(send.id(), firstMessageId, null)
                : Ack.refused(send.id(), "invalid: client_message_id was used before with another request_fingerprint");
    }

    private static @Nullable String recipientText(Resolution.Reach reach) {
        return switch (reach) {
            case NOW -> null;
            case HELD -> "held";
            case OFFLINE -> "offline";
        };
    }

    /**
     * Accepts a post of a member that need not be connected; its rate is the caller's to limit, but for the mesh's.
     *
     * @param send the target is {@code #} with the id or name of a topic
     */
    public CompletionStage<PostResult> postUnconnected(String meshId, Message.Sender sender, Send send) {
        Optional<SendLimits.Exceeded> tooMany = limits.takeOfMesh(meshId);
        if (tooMany.isPresent()) {
            SendLimits.Exceeded limit = tooMany.get();
            rejected.increment("reason", limit.reason());
            return CompletableFuture.completedFuture(
                    new PostResult.TooMany(limit.reason(), limit.text(), limit.retryAfterMillis()));
        }
        return post(meshId, sender, send);
    }

    private CompletionStage<PostResult> post(String meshId, Message.Sender sender, Send send) {
        if (send.sizeChars() > settings.maxMessageChars()) {
            rejected.increment("reason", "too_large");
            return CompletableFuture.completedFuture(
                    new PostResult.TooLarge(send.sizeChars(), settings.maxMessageChars()));
        }
        Conversations.Admission admission = conversations.admit(new Conversations.Attempt(
                meshId,
                sender.memberId(),
                send.targetSpec().substring(1),
                send.ciphertext(),
                send.mentions(),
                send.bodyVersion(),
                send.keyEpoch(),
                send.replyToId()));
        if (!(admission instanceof Conversations.Admission.Admitted admitted)) {
            rejected.increment("reason", "topic");
            return CompletableFuture.completedFuture(new PostResult.NotAdmitted(admission));
        }
        Message.Extras extras = new Message.Extras(
                null,
                send.clientMessageId(),
                send.requestFingerprint(),
                admitted.replyToId(),
                admitted.bodyVersion(),
                admitted.post());
        Message message = message(meshId, sender, "#" + admitted.post().topicId(), send, extras);
        Resolution.Known known = resolver.subscribers(meshId, sender, admitted.memberIds(), send.priority());
        CompletableFuture<PostResult> answer = new CompletableFuture<>();
        intake.store(message, known.recipients(), new Intake.Answer() {
            @Override
            public void stored() {
                answer.complete(new PostResult.Stored(message, known.reach()));
            }

            @Override
            public void duplicate(String firstMessageId, boolean sameRequest) {
                answer.complete(new PostResult.Repeated(message, firstMessageId, sameRequest));
            }

            @Override
            public void failed(String reason) {
                answer.complete(new PostResult.Failed(reason));
            }
        });
        return answer;
    }

    private Ack ack(Send send, PostResult result, boolean receipts) {
        if (result instanceof PostResult.Stored stored) {
            return Ack.stored(send.id(), stored.message().id(), receipts ? recipientText(stored.reach()) : null);
        }
        if (result instanceof PostResult.Repeated repeated) {
            return repeated(send, repeated.firstMessageId(), repeated.sameRequest());
        }
        if (result instanceof PostResult.TooMany limit) {
            return Ack.refusedFor(send.id(), limit.text(), limit.retryAfterMillis());
        }
        if (result instanceof PostResult.TooLarge large) {
            return Ack.refused(send.id(), tooLarge(large.sizeChars()));
        }
        if (result instanceof PostResult.NotAdmitted not) {
            return Ack.refused(send.id(), text(not.refusal()));
        }
        return Ack.refused(send.id(), ((PostResult.Failed) result).text());
    }

    private static String text(Conversations.Admission refusal) {
        if (refusal instanceof Conversations.Admission.ReadOnly) {
            return "topic_read_only: observers of a topic do not post";
        }
        return refusal instanceof Conversations.Admission.Invalid invalid
                ? "invalid: " + invalid.field() + " " + invalid.text()
                : "topic_not_found: there is no such topic in this mesh";
    }

    private static Message.Sender sender(Peer sender) {
        return new Message.Sender(
                sender.memberId(),
                sender.identity().memberPublicKey(),
                sender.identity().sessionPublicKey(),
                sender.presenceId(),
                sender.identity().displayName());
    }

    private Message message(String meshId, Message.Sender sender, String target, Send send, Message.Extras extras) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Message(
                Ids.next(),
                meshId,
                sender,
                target,
                send.priority(),
                send.nonce(),
                send.ciphertext(),
                extras,
                now,
                now.plus(settings.timeToLive()));
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

    /** What became of a message of the mesh, for anybody in it; of a post, for those who may see its topic. */
    public CompletionStage<ServerFrame> status(Peer peer, MessageStatus request) {
        return read(() -> {
            ServerFrame answer = receipts.status(peer.meshId(), request.messageId());
            return answer instanceof MessageStatusResult found && !mayKnow(peer, found.targetSpec())
                    ? ReceiptDesk.noSuchMessage()
                    : answer;
        });
    }

    private boolean mayKnow(Peer peer, String targetSpec) {
        return TargetKind.of(targetSpec) != TargetKind.TOPIC
                || conversations.maySee(peer.meshId(), peer.memberId(), targetSpec.substring(1));
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

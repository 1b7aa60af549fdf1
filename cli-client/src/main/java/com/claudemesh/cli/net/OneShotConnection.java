package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.HostName;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.FrameChannel.Event;
import com.claudemesh.protocol.crypto.BadKeyException;
import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.ListPeers;
import com.claudemesh.protocol.frame.PeersList;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.sdk.topic.TopicBody;
import com.fasterxml.jackson.databind.node.LongNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The connection of one command. It announces itself as one: a random session that evicts nobody, that is handed no
 * messages ({@code no_push}) and whose coming and going nobody is told.
 */
final class OneShotConnection implements MeshConnection {
    static final String CHANNEL = "cli";
    static final String PEER_TYPE = "connector";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    /** A change is written down first, and may be about many connections. */
    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);
    private static final String OFFLINE = "offline";

    private final Membership mesh;
    private final FrameChannel channel;

    private OneShotConnection(Membership mesh, FrameChannel channel) {
        this.mesh = mesh;
        this.channel = channel;
    }

    /** @throws CliException exit code 4 when the server can't be reached, else what {@link Refusals} makes of it */
    static OneShotConnection open(Membership mesh, String displayName, String cwd, Clock clock) {
        FrameChannel channel = FrameChannel.open(mesh.brokerUrl(), CONNECT_TIMEOUT);
        OneShotConnection connection = new OneShotConnection(mesh, channel);
        try {
            channel.send(connection.hello(displayName, cwd, clock.millis()), null);
            connection.await(
                    REQUEST_TIMEOUT,
                    frame -> frame instanceof HelloAck accepted ? Optional.of(accepted) : Optional.empty());
            return connection;
        } catch (CliException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public List<PeerInfo> peers() {
        return ask(new ListPeers(), PeersList.class, REQUEST_TIMEOUT).peers();
    }

    @Override
    public <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer) {
        return ask(request, answer, CHANGE_TIMEOUT);
    }

    @Override
    public void tell(ClientFrame frame) {
        channel.send(frame, UUID.randomUUID().toString());
    }

    private <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer, Duration timeout) {
        channel.send(request, UUID.randomUUID().toString());
        return await(timeout, frame -> answer.isInstance(frame) ? Optional.of(answer.cast(frame)) : Optional.empty());
    }

    @Override
    public SendReceipt send(OutgoingMessage message) {
        String id = UUID.randomUUID().toString();
        Sealed body = seal(message);
        TopicBody post = message.body();
        channel.send(
                new Send(
                        message.targetSpec(),
                        message.priority(),
                        body.nonce(),
                        body.ciphertext(),
                        id,
                        message.clientMessageId(),
                        null,
                        message.mentions().isEmpty() ? null : message.mentions(),
                        message.replyToId().orElse(null),
                        post == null ? null : post.bodyVersion(),
                        post == null ? null : post.keyEpoch()),
                null);
        Ack ack = await(
                SEND_TIMEOUT,
                frame ->
                        frame instanceof Ack answer && answer.id().equals(id) ? Optional.of(answer) : Optional.empty());
        if (!ack.queued()) {
            throw Refusals.ofSend(ack.error() == null ? "refused without a reason" : ack.error());
        }
        return new SendReceipt(ack.messageId(), OFFLINE.equals(ack.recipient()), Route.COLD);
    }

    @Override
    public void close() {
        channel.close();
    }

    private Sealed seal(OutgoingMessage message) {
        if (message.body() != null) {
            return new Sealed(message.body().nonce(), message.body().ciphertext());
        }
        if (!DirectMessage.isDirectTarget(message.targetSpec())) {
            return PlaintextBody.encode(message.text());
        }
        try {
            return DirectMessage.encrypt(message.text(), message.targetSpec(), mesh.secretKey());
        } catch (BadKeyException unusable) {
            throw CliException.invalid("can't encrypt to this key: " + unusable.getMessage());
        }
    }

    private Hello hello(String displayName, String cwd, long nowMillis) {
        String canonical = HelloText.canonical(mesh.meshId(), mesh.memberId(), mesh.pubkey(), nowMillis);
        return new Hello(
                mesh.meshId(),
                mesh.memberId(),
                mesh.pubkey(),
                LongNode.valueOf(nowMillis),
                Signatures.sign(canonical, mesh.secretKey()),
                UUID.randomUUID().toString(),
                ProcessHandle.current().pid(),
                cwd,
                null,
                null,
                displayName,
                HostName.local(),
                CHANNEL,
                null,
                PEER_TYPE,
                null,
                null,
                List.of(Capability.NO_PUSH, Capability.RECEIPTS));
    }

    /** The first frame that is meant; other frames are for nobody here, an error or a close ends the wait. */
    private <T> T await(Duration timeout, Function<ServerFrame, Optional<T>> meant) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Event event = channel.next(left);
            if (event instanceof Event.Closed closed) {
                throw Refusals.ofClose(closed.code(), closed.reason());
            }
            ServerFrame frame = ((Event.Frame) event).frame();
            if (frame instanceof ErrorFrame error) {
                throw Refusals.ofError(error);
            }
            Optional<T> found = meant.apply(frame);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }
}

package com.claudemesh.cli.testing;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.Handshake;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshGateway;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.net.Reachability;
import com.claudemesh.cli.net.Route;
import com.claudemesh.cli.net.SendReceipt;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.sdk.InboxStore;
import com.claudemesh.sdk.IncomingMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Meshes in memory. */
public final class FakeMeshGateway implements MeshGateway {
    private final Map<String, List<PeerInfo>> peers = new HashMap<>();
    private final Set<String> unreachable = new HashSet<>();
    private final List<IncomingMessage> waiting = new ArrayList<>();
    private final List<String> fetched = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> displayNames = new ArrayList<>();
    private final Map<Class<?>, Object> answers = new HashMap<>();
    private final List<ClientFrame> asked = new ArrayList<>();
    private final List<ClientFrame> told = new ArrayList<>();
    private boolean sessionRuns;
    private boolean recipientsOffline;
    private Handshake handshake = new Handshake.Accepted();

    /** A message that a verb sent, and where. */
    public record Sent(String mesh, OutgoingMessage message) {}

    public void online(String slug, PeerInfo... live) {
        peers.put(slug, List.of(live));
    }

    public void cut(String slug) {
        unreachable.add(slug);
    }

    public void recipientsAreOffline() {
        recipientsOffline = true;
    }

    public void answersHello(Handshake answer) {
        handshake = answer;
    }

    /** What the server says to requests of this type, in this order; the last one for good. */
    public void answers(Class<? extends ClientFrame> request, List<? extends ServerFrame> inTurn) {
        answers.put(request, new ArrayDeque<>(inTurn));
    }

    /** What the server says to a request of this type. */
    public void answers(Class<? extends ClientFrame> request, ServerFrame answer) {
        answers.put(request, answer);
    }

    public void refuses(Class<? extends ClientFrame> request, CliException refusal) {
        answers.put(request, refusal);
    }

    public void sessionRuns() {
        sessionRuns = true;
    }

    /** Requests that verbs made, and changes that they told the session. */
    public List<ClientFrame> asked() {
        return asked;
    }

    public List<ClientFrame> told() {
        return told;
    }

    /** The server holds these for whoever fetches next. */
    public void holds(IncomingMessage... messages) {
        waiting.addAll(List.of(messages));
    }

    /** Meshes that messages were fetched from. */
    public List<String> fetched() {
        return fetched;
    }

    public List<Sent> sent() {
        return sent;
    }

    public List<String> displayNames() {
        return displayNames;
    }

    @Override
    public MeshConnection open(Membership mesh, String displayName) {
        if (unreachable.contains(mesh.slug())) {
            throw CliException.network("can't reach " + mesh.brokerUrl());
        }
        displayNames.add(displayName);
        return new MeshConnection() {
            @Override
            public List<PeerInfo> peers() {
                return peers.getOrDefault(mesh.slug(), List.of());
            }

            @Override
            public SendReceipt send(OutgoingMessage message) {
                sent.add(new Sent(mesh.slug(), message));
                return new SendReceipt("msg0000000000000000000000000000" + sent.size(), recipientsOffline, Route.COLD);
            }

            @Override
            public <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer) {
                asked.add(request);
                Object outcome = answers.get(request.getClass());
                if (outcome instanceof CliException refusal) {
                    throw refusal;
                }
                if (outcome instanceof Deque<?> inTurn) {
                    return answer.cast(inTurn.size() > 1 ? inTurn.remove() : inTurn.peek());
                }
                if (outcome == null) {
                    throw new CliException(
                            ExitCode.INTERNAL_ERROR, "unknown_message_type", request.type() + " is not known", "");
                }
                return answer.cast(outcome);
            }

            @Override
            public void tell(ClientFrame frame) {
                told.add(frame);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void tellSession(Membership mesh, ClientFrame change) {
        if (!sessionRuns) {
            throw CliException.notFound("no_session", "no session is running", "");
        }
        told.add(change);
    }

    @Override
    public int fetch(Membership mesh, String displayName, InboxStore store, Duration quiet) {
        fetched.add(mesh.slug());
        if (unreachable.contains(mesh.slug())) {
            throw CliException.network("can't reach " + mesh.brokerUrl());
        }
        try {
            for (IncomingMessage message : waiting) {
                store.add(message);
            }
            return waiting.size();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Reachability probe(String brokerUrl, Duration timeout) {
        return unreachable.isEmpty()
                ? new Reachability.Reachable(7)
                : new Reachability.Unreachable("connection refused");
    }

    @Override
    public Handshake handshake(Membership mesh, String displayName) {
        return handshake;
    }
}

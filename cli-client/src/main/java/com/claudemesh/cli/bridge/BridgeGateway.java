package com.claudemesh.cli.bridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.Handshake;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshGateway;
import com.claudemesh.cli.net.Reachability;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.sdk.InboxStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Prefers the live connection of a running {@code mcp} process, where there is one that speaks for the same member under
 * the same name; else opens a connection of its own.
 */
public final class BridgeGateway implements MeshGateway {
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration TELL_TIMEOUT = Duration.ofSeconds(5);

    private final MeshGateway own;
    private final ConfigHome home;
    private final Optional<String> sessionId;

    public BridgeGateway(MeshGateway own, ConfigHome home, Host host) {
        this.own = own;
        this.home = home;
        this.sessionId = host.variable("CLAUDEMESH_SESSION_ID");
    }

    @Override
    public MeshConnection open(Membership mesh, String displayName) {
        return running(mesh, session -> session.displayName().equals(displayName))
                .<MeshConnection>map(client -> new WarmConnection(client, () -> own.open(mesh, displayName)))
                .orElseGet(() -> own.open(mesh, displayName));
    }

    /** Whatever the session is called: nothing is said in somebody's name. */
    @Override
    public void tellSession(Membership mesh, ClientFrame change) {
        Optional<BridgeClient> running = running(mesh, session -> true);
        if (running.isEmpty()) {
            own.tellSession(mesh, change);
            return;
        }
        try (BridgeClient client = running.get()) {
            client.ask(new BridgeRequest.Rpc(change), TELL_TIMEOUT);
        } catch (BridgeLostException lost) {
            throw CliException.network("the session doesn't answer: " + lost.getMessage());
        }
    }

    @Override
    public int fetch(Membership mesh, String displayName, InboxStore store, Duration quiet) {
        return own.fetch(mesh, displayName, store, quiet);
    }

    @Override
    public Reachability probe(String brokerUrl, Duration timeout) {
        return own.probe(brokerUrl, timeout);
    }

    @Override
    public Handshake handshake(Membership mesh, String displayName) {
        return own.handshake(mesh, displayName);
    }

    private Optional<BridgeClient> running(Membership mesh, Predicate<BridgeSession> wanted) {
        for (Path socket : home.bridgeSockets(mesh.slug(), sessionId)) {
            Optional<BridgeClient> client =
                    BridgeClient.connect(socket).filter(found -> speaksFor(mesh, wanted, found));
            if (client.isPresent()) {
                return client;
            }
        }
        return Optional.empty();
    }

    private static boolean speaksFor(Membership mesh, Predicate<BridgeSession> wanted, BridgeClient client) {
        try {
            BridgeSession session = BridgeSession.of(client.ask(new BridgeRequest.Hello(), HELLO_TIMEOUT));
            boolean same = session.online()
                    && session.meshId().equals(mesh.meshId())
                    && session.pubkey().equals(mesh.pubkey())
                    && wanted.test(session);
            if (!same) {
                client.close();
            }
            return same;
        } catch (BridgeLostException | CliException otherProtocol) {
            client.close();
            return false;
        }
    }
}

package com.claudemesh.cli.bridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.Handshake;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshGateway;
import com.claudemesh.cli.net.Reachability;
import com.claudemesh.sdk.InboxStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Prefers the live connection of a running {@code mcp} process, where there is one that speaks for the same member under
 * the same name; else opens a connection of its own.
 */
public final class BridgeGateway implements MeshGateway {
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(1);

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
        for (Path socket : home.bridgeSockets(mesh.slug(), sessionId)) {
            Optional<BridgeClient> client =
                    BridgeClient.connect(socket).filter(found -> speaksFor(mesh, displayName, found));
            if (client.isPresent()) {
                return new WarmConnection(client.get(), () -> own.open(mesh, displayName));
            }
        }
        return own.open(mesh, displayName);
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

    private static boolean speaksFor(Membership mesh, String displayName, BridgeClient client) {
        try {
            BridgeSession session = BridgeSession.of(client.ask(new BridgeRequest.Hello(), HELLO_TIMEOUT));
            boolean same = session.online()
                    && session.meshId().equals(mesh.meshId())
                    && session.pubkey().equals(mesh.pubkey())
                    && session.displayName().equals(displayName);
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

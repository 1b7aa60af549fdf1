package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.sdk.InboxStore;
import java.time.Duration;
import java.util.Optional;

/** Meshes on real servers. */
public final class WebSocketMeshGateway implements MeshGateway {
    private final Host host;

    public WebSocketMeshGateway(Host host) {
        this.host = host;
    }

    @Override
    public MeshConnection open(Membership mesh, String displayName) {
        return OneShotConnection.open(mesh, displayName, host.workingDirectory().toString(), host.clock());
    }

    /** A session is another process; this gateway only knows servers. */
    @Override
    public void tellSession(Membership mesh, ClientFrame change) {
        throw CliException.notFound(
                "no_session",
                "no session is running on " + Output.safe(mesh.slug()) + ", so there is nothing to change",
                "claudemesh launch starts one");
    }

    @Override
    public int fetch(Membership mesh, String displayName, InboxStore store, Duration quiet) {
        return new MailPickup(host).run(mesh, displayName, store, quiet);
    }

    @Override
    public Reachability probe(String brokerUrl, Duration timeout) {
        long start = System.nanoTime();
        try {
            FrameChannel.open(brokerUrl, timeout).close();
            return new Reachability.Reachable(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (CliException failed) {
            return new Reachability.Unreachable(message(failed));
        }
    }

    @Override
    public Handshake handshake(Membership mesh, String displayName) {
        try {
            open(mesh, displayName).close();
            return new Handshake.Accepted();
        } catch (CliException refused) {
            return new Handshake.Refused(refused.token(), message(refused));
        }
    }

    private static String message(CliException failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("");
    }
}

package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.HostName;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.sdk.InboxStore;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshException;
import com.claudemesh.sdk.MeshListener;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches what a server holds for a member: connects, keeps what comes, acknowledges it, leaves when no more comes. */
final class MailPickup {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(2);

    private final Host host;

    MailPickup(Host host) {
        this.host = host;
    }

    /** @throws CliException when the server can't be reached or refuses; what came until then is kept */
    int run(Membership mesh, String displayName, InboxStore store, Duration quiet) {
        BlockingQueue<IncomingMessage> arrivals = new LinkedBlockingQueue<>();
        try (MeshClient client = client(mesh, displayName, store, arrivals)) {
            client.connect().get(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            int count = await(arrivals, quiet);
            client.closeGracefully(GOODBYE_TIMEOUT).get(2 * GOODBYE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return count + arrivals.size();
        } catch (InvalidFieldException unusable) {
            throw CliException.invalid("the membership can't be used: " + unusable.getMessage());
        } catch (ExecutionException refused) {
            throw reason(refused.getCause());
        } catch (TimeoutException slow) {
            throw CliException.network(
                    "can't reach " + mesh.brokerUrl() + ": no answer in " + CONNECT_TIMEOUT.toMillis() + "ms");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
        }
    }

    private MeshClient client(
            Membership mesh, String displayName, InboxStore store, BlockingQueue<IncomingMessage> arrivals) {
        return MeshClient.builder(mesh.identity())
                .displayName(displayName)
                .channel(OneShotConnection.CHANNEL)
                .peerType(OneShotConnection.PEER_TYPE)
                .cwd(host.workingDirectory().toString())
                .hostname(HostName.local())
                .reconnect(false)
                .inbox(store)
                .listener(new MeshListener() {
                    @Override
                    public void onMessage(IncomingMessage message) {
                        arrivals.add(message);
                    }
                })
                .build();
    }

    private static int await(BlockingQueue<IncomingMessage> arrivals, Duration quiet) throws InterruptedException {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        int count = 0;
        while (System.nanoTime() < deadline && arrivals.poll(quiet.toMillis(), TimeUnit.MILLISECONDS) != null) {
            count++;
        }
        return count;
    }

    private static CliException reason(Throwable failure) {
        String message = Output.safe(String.valueOf(failure.getMessage()));
        if (failure instanceof MeshException.Handshake refused) {
            return Refusals.ofError(new ErrorFrame(refused.code(), message, null));
        }
        if (failure instanceof MeshException.Terminated ended) {
            return Refusals.ofClose(ended.closeCode(), message);
        }
        return CliException.network(message);
    }
}

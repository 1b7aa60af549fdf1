package com.claudemesh.cli.mcp;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.net.Refusals;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.KeyDesk;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.sdk.MeshException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keys over this session's connection. Blocking; never to be used on a thread that the connection needs. */
final class LinkKeyDesk implements KeyDesk {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MeshLink link;

    LinkKeyDesk(MeshLink link) {
        this.link = link;
    }

    @Override
    public ApiKeyCreated mint(ApiKeyCreate wish) {
        return ask(wish, ApiKeyCreated.class);
    }

    @Override
    public void revoke(String keyId) {
        ask(new ApiKeyRevoke(keyId), ApiKeyRevokeResponse.class);
    }

    private <A extends ServerFrame> A ask(ClientFrame request, Class<A> expected) {
        try {
            ServerFrame answer = link.request(request).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (expected.isInstance(answer)) {
                return expected.cast(answer);
            }
            throw new CliException(
                    ExitCode.INTERNAL_ERROR, "unexpected_answer", "the server answered " + answer.type(), "");
        } catch (ExecutionException failed) {
            String message = Output.safe(String.valueOf(failed.getCause().getMessage()));
            throw failed.getCause() instanceof MeshException.RequestFailed refused
                    ? Refusals.ofError(new ErrorFrame(refused.code(), message, null))
                    : CliException.network(message);
        } catch (TimeoutException slow) {
            throw CliException.network("no answer in " + TIMEOUT.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CliException.network("interrupted");
        }
    }
}

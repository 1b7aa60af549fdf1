package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.io.DesktopTools;
import com.claudemesh.cli.io.TypedLines;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.token.RandomCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Has a signed-in person hand the account's meshes over in a browser. */
final class SyncApproval {
    private static final Duration MAX_WAIT = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final VerbServices services;
    private final Output output;
    private final Waiting waiting;

    SyncApproval(VerbServices services, Output output, Waiting waiting) {
        this.services = services;
        this.output = output;
        this.waiting = waiting;
    }

    /** @throws CliException exit code 2 when nobody approves in time, or somebody else's account does */
    SyncGrant ask(String server) {
        String app =
                services.host().variable("CLAUDEMESH_APP_URL").orElse(server).replaceFirst("/+$", "");
        String pairing = RandomCode.of(RandomCode.PAIRING, RandomCode.PAIRING_CHARS);
        try (SyncListener listener = new SyncListener(origin(app), pairing)) {
            String url = app + "/cli-auth?port=" + listener.port() + "&code=" + pairing + "&action=sync";
            output.progress("");
            output.progressBox(pairing);
            output.progress("");
            output.progress("Choose your meshes at: " + Output.safe(url));
            output.progress("Or paste the token that the page shows.");
            if (!new DesktopTools(services.host()).browse(url)) {
                output.progress("No browser was found here: open the address yourself.");
            }
            return requireOwn(await(listener, new TypedLines(services.host())));
        }
    }

    private SyncGrant await(SyncListener listener, TypedLines lines) {
        Duration end = waiting.elapsed().plus(MAX_WAIT);
        while (waiting.elapsed().compareTo(end) < 0) {
            Optional<SyncGrant> grant = listener.token().or(lines::poll).flatMap(SyncGrant::read);
            if (grant.isPresent()) {
                return grant.get();
            }
            if (listener.token().isPresent()) {
                throw failed("sync_token_invalid", "the browser brought no token for meshes");
            }
            waiting.pause(LOOK);
        }
        throw failed("sync_expired", "nobody approved in time");
    }

    /** Whoever else got the page to call back here must not slip meshes in. */
    private SyncGrant requireOwn(SyncGrant grant) {
        boolean foreign = services.authFile()
                .load()
                .map(StoredLogin::user)
                .filter(user -> !user.id().isEmpty() && !user.id().equals(grant.accountId()))
                .isPresent();
        if (foreign) {
            throw failed("other_account", "the browser is signed in with another account than this machine");
        }
        return grant;
    }

    private static String origin(String app) {
        URI uri = URI.create(app);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static CliException failed(String token, String message) {
        return new CliException(ExitCode.AUTHENTICATION_FAILED, token, message, "try again: claudemesh sync");
    }
}

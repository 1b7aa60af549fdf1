package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.output.Output;

/** Ends the stored sign-in: at the server, and in any case here. */
final class SignOut {
    private final VerbServices services;
    private final Output output;

    SignOut(VerbServices services, Output output) {
        this.services = services;
        this.output = output;
    }

    /** @throws CliException exit code 2 when nobody is signed in */
    void run() {
        StoredLogin login = services.authFile()
                .load()
                .orElseThrow(() -> new CliException(
                        ExitCode.AUTHENTICATION_FAILED, "not_signed_in", "not signed in", "claudemesh login"));
        String server = login.server().isEmpty()
                ? ServerAddress.asked(services, new AccountOptions()).orElse("")
                : login.server();
        boolean revoked = !server.isEmpty() && revoke(server, login.token());
        services.authFile().delete();
        output.document(Output.object().put("signed_in", false).put("revoked", revoked));
        output.ok("signed out of this machine", revoked ? "the token is worthless now" : "");
        if (!revoked) {
            output.warn(
                    "the server could not be told: the token stays valid until it expires",
                    server.isEmpty() ? "revoke it on the account page" : "revoke it at " + server + "/account");
        }
    }

    private boolean revoke(String server, String token) {
        try {
            return new ApiClient(server, null, ApiClient.TIMEOUT)
                    .post("/cli/session/revoke", Output.object().put("token", token))
                    .ok();
        } catch (CliException unreachable) {
            output.warn(unreachable.getMessage(), "");
            return false;
        }
    }
}

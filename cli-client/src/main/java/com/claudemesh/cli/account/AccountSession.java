package com.claudemesh.cli.account;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import java.time.Duration;
import java.util.Optional;

/** Acts for an account at its server. */
public final class AccountSession {
    private final Credential credential;
    private final ApiClient broker;
    private final ApiClient api;

    private AccountSession(VerbServices services, Credential credential, Duration timeout) {
        this.credential = credential;
        this.broker = new ApiClient(credential.server(), credential.token(), timeout);
        String apiBase = ServerAddress.api(services, credential.server());
        this.api = apiBase.equals(credential.server()) ? broker : new ApiClient(apiBase, credential.token(), timeout);
    }

    /** Empty when nobody is signed in. Asks no server. */
    public static Optional<AccountSession> find(
            VerbServices services, AccountOptions options, Output output, Duration timeout) {
        return new Credentials(services, options, output)
                .find()
                .map(credential -> new AccountSession(services, credential, timeout));
    }

    /** @throws com.claudemesh.cli.CliException exit code 2 when nobody is signed in */
    public static AccountSession require(VerbServices services, AccountOptions options, Output output) {
        return new AccountSession(services, new Credentials(services, options, output).require(), ApiClient.TIMEOUT);
    }

    /** As {@link #require}, but where a person can be asked, they are asked to sign in first. */
    public static AccountSession requireOrSignIn(VerbServices services, AccountOptions options, Output output) {
        if (find(services, options, output, ApiClient.TIMEOUT).isEmpty()
                && services.host().interactive()) {
            new SignIn(services, output).inBrowser(options);
        }
        return require(services, options, output);
    }

    public Credential credential() {
        return credential;
    }

    /** For {@code /cli/…} and {@code /mesh/…}. */
    public ApiClient broker() {
        return broker;
    }

    /** For {@code /api/…}. */
    public ApiClient api() {
        return api;
    }
}

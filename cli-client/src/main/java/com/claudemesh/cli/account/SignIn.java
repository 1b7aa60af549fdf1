package com.claudemesh.cli.account;

import com.claudemesh.cli.HostName;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.DeviceSignIn.Outcome;
import com.claudemesh.cli.account.DeviceSignIn.Started;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.AccountUser;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.config.TokenSource;
import com.claudemesh.cli.io.DesktopTools;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.io.TypedLines;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.output.Output;
import java.util.Optional;

/** Signs a person in at a server and keeps the token in auth.json. */
public final class SignIn {
    private final VerbServices services;
    private final Output output;
    private final Waiting waiting;

    public SignIn(VerbServices services, Output output) {
        this(services, output, Waiting.real());
    }

    SignIn(VerbServices services, Output output, Waiting waiting) {
        this.services = services;
        this.output = output;
        this.waiting = waiting;
    }

    /** At the server that the options, the environment or the joined meshes name. */
    public StoredLogin inBrowser(AccountOptions options) {
        return inBrowser(server(options), false);
    }

    /**
     * The server that is meant, and a warning when it is not safe.
     *
     * @throws com.claudemesh.cli.CliException exit code 3 when nothing says which
     */
    public String server(AccountOptions options) {
        return warned(known(options).orElseGet(() -> ServerAddress.ofMeshes(services)));
    }

    /** As {@link #server}, but asks the person when nothing says which. */
    public String serverOrAsk(AccountOptions options) {
        return warned(known(options)
                .orElseGet(() -> ServerAddress.normalise(
                        new Prompt(services.host()).ask("Address of your server, like https://mesh.example.org:"))));
    }

    private Optional<String> known(AccountOptions options) {
        return ServerAddress.asked(services, options)
                .or(() ->
                        services.authFile().readable().map(StoredLogin::server).filter(stored -> !stored.isEmpty()));
    }

    private String warned(String server) {
        if (ServerAddress.exposed(server)) {
            output.warn(Output.safe(server) + " is not encrypted: others on the way can read the token", "");
        }
        return server;
    }

    /**
     * Asks the server whose token it is, and keeps it.
     *
     * @throws com.claudemesh.cli.CliException exit code 3 when it can't be a token, 2 when the server refuses it
     */
    StoredLogin withToken(String server, String typed) {
        String token = AccountToken.require(typed, services.host().clock().instant());
        AccountUser user =
                new AccountApi(new ApiClient(ServerAddress.api(services, server), token, ApiClient.TIMEOUT)).profile();
        return keep(server, token, user, AccountToken.isPersonal(token) ? TokenSource.PERSONAL : TokenSource.MANUAL);
    }

    /** Asks for a token, or reads it from standard input. */
    public StoredLogin pasted(String server) {
        output.progress("A token is on the page " + server + "/token");
        return withToken(server, new Prompt(services.host()).ask("Token:"));
    }

    /**
     * Shows a code and waits until it is approved.
     *
     * @param register shows the page for a new account first
     */
    public StoredLogin inBrowser(String server, boolean register) {
        DeviceSignIn device = new DeviceSignIn(
                new ApiClient(server, null, ApiClient.TIMEOUT), new TypedLines(services.host()), waiting);
        Started started = device.start(HostName.local());
        String approval = started.approvalUrl();
        String registration = started.verificationUrl().replaceFirst("/cli-auth/?$", "") + "/register?source=cli";
        explain(started, register ? registration : "");
        if (!new DesktopTools(services.host()).browse(register ? registration : approval)) {
            output.progress("No browser was found here: open the address yourself, on any machine.");
        }
        output.progress("Waiting until it is approved… (Ctrl-C gives up)");
        Outcome outcome = device.await(started);
        if (outcome instanceof Outcome.Approved approved) {
            return keep(server, approved.token(), approved.user(), TokenSource.DEVICE_CODE);
        }
        return withToken(server, ((Outcome.Typed) outcome).token());
    }

    private void explain(Started started, String registration) {
        output.progress("");
        output.progressBox(Output.safe(started.userCode()));
        output.progress("");
        if (!registration.isEmpty()) {
            output.progress("1. Make an account:   " + Output.safe(registration));
            output.progress("2. Approve this code: " + Output.safe(started.approvalUrl()));
        } else {
            output.progress("Approve this code at: " + Output.safe(started.approvalUrl()));
        }
        if (!started.tokenUrl().isEmpty()) {
            output.progress("Or paste a token of:  " + Output.safe(started.tokenUrl()));
        }
        output.progress("");
    }

    private StoredLogin keep(String server, String token, AccountUser user, TokenSource source) {
        StoredLogin login = new StoredLogin(
                token, user, source, server, services.host().clock().instant().toString());
        services.authFile().store(login);
        return login;
    }

    /** What the verb answers. */
    public void show(StoredLogin login) {
        var record = Output.object().put("signed_in", true);
        record.set("user", login.user().json());
        output.document(record.put("token_source", login.source().text()).put("server", login.server()));
        output.ok(
                "signed in as " + Output.safe(login.user().displayName()),
                Output.safe(login.user().email()) + " at " + Output.safe(login.server()));
        output.hint("your meshes: claudemesh list; a new one: claudemesh create <name>");
    }
}

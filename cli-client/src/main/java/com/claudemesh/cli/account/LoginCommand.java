package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code login}: signs the person in at a server. */
@Command(
        description = {
            "Sign in at a server: in a browser, or with a token.",
            "Without a terminal, say how: --browser, --paste (reads a token from standard input) or --token."
        })
public final class LoginCommand implements Callable<Integer> {
    private static final List<String> WAYS = List.of("in the browser", "paste a token");
    private static final List<String> WAYS_SIGNED_IN =
            List.of("stay signed in", "sign in again in the browser", "paste a token", "sign out");

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Option(names = "--browser", description = "show a code to approve in a browser, on any machine")
    private boolean browser;

    @Option(names = "--paste", description = "ask for a token, or read it from standard input")
    private boolean paste;

    public LoginCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        SignIn signIn = new SignIn(services, services.output(globals));
        if (account.token().isPresent()) {
            signIn.show(signIn.withToken(signIn.server(account), account.token().get()));
        } else if (paste) {
            signIn.show(signIn.pasted(signIn.server(account)));
        } else if (browser) {
            signIn.show(signIn.inBrowser(signIn.server(account), false));
        } else if (services.host().interactive()) {
            ask(signIn);
        } else {
            throw CliException.invalid(
                    "without a terminal nobody can be asked", "claudemesh login --browser, --paste or --token <token>");
        }
        return ExitCode.SUCCESS;
    }

    private void ask(SignIn signIn) {
        Output output = services.output(globals);
        Optional<StoredLogin> before = stored(output);
        before.ifPresent(login -> output.progress(
                "Signed in as " + Output.safe(login.user().displayName()) + " at " + Output.safe(login.server())));
        Prompt prompt = new Prompt(services.host());
        int choice = prompt.choose(before.isPresent() ? WAYS_SIGNED_IN : WAYS)
                .orElseThrow(() -> new CliException(ExitCode.CANCELLED, "cancelled", "nothing was chosen", ""));
        int way = before.isPresent() ? choice : choice + 1;
        switch (way) {
            case 0 -> signIn.show(before.orElseThrow());
            case 1 -> signIn.show(signIn.inBrowser(signIn.server(account), false));
            case 2 -> signIn.show(signIn.pasted(signIn.server(account)));
            default -> new SignOut(services, output).run();
        }
    }

    /** A damaged file is no reason not to sign in again. */
    private Optional<StoredLogin> stored(Output output) {
        try {
            return services.authFile().load();
        } catch (CliException damaged) {
            output.warn(damaged.getMessage(), "it is replaced now");
            return Optional.empty();
        }
    }
}

package com.claudemesh.cli.account;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code register}: as {@code login}, but begins at the page for a new account. */
@Command(description = "Make an account at a server in a browser, and sign in.")
public final class RegisterCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    public RegisterCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        SignIn signIn = new SignIn(services, services.output(globals));
        signIn.show(signIn.inBrowser(signIn.server(account), true));
        return ExitCode.SUCCESS;
    }
}

package com.claudemesh.cli.account;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code logout}: ends the sign-in of this machine. */
@Command(description = "Sign out: the stored token is revoked at the server and deleted here.")
public final class LogoutCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public LogoutCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        try {
            new SignOut(services, output).run();
        } catch (CliException failure) {
            if (failure.token().equals("auth_file_corrupted")) {
                services.authFile().delete();
            }
            throw failure;
        }
        return ExitCode.SUCCESS;
    }
}

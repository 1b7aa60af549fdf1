package com.claudemesh.cli.mesh;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code join}: becomes a member of the mesh of an invitation. Joining twice changes nothing. */
@Command(description = "Join a mesh by invitation link, code or token.")
public final class JoinCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Parameters(paramLabel = "<url|code|token>", description = "the invitation")
    private String invitation = "";

    @Option(names = "--name", paramLabel = "name", description = "display name in the mesh (default: login name)")
    private @Nullable String name;

    public JoinCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        Joined joined = new Joining(services).join(invitation, name);
        joined.show(output, services.home().configFile());
        return 0;
    }
}

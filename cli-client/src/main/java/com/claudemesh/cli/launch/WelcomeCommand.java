package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.mesh.Joined;
import com.claudemesh.cli.mesh.Joining;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command without a verb when nothing is joined: asks for an invitation, then joins and starts Claude Code. */
@Command(description = "Join a first mesh and start Claude Code.")
public final class WelcomeCommand implements Callable<Integer>, AcceptsPassthrough {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final LaunchOptions options = new LaunchOptions();

    @Option(names = "--join", paramLabel = "url", description = "join this invitation")
    private @Nullable String invitation;

    private List<String> passthrough = List.of();

    public WelcomeCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public void passthrough(List<String> arguments) {
        passthrough = arguments;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        String link = invitation == null ? askForLink(output) : invitation;
        Joined joined = new Joining(services).join(link, options.name);
        joined.show(output, services.home().configFile());
        return new SessionLaunch(services, output).run(joined.mesh(), options, passthrough);
    }

    private String askForLink(Output output) {
        if (!services.host().interactive()) {
            throw CliException.notJoinedYet();
        }
        output.section("claudemesh — peers for AI coding sessions");
        output.text("  You have not joined a mesh yet. Somebody who has one can send you an invitation link.");
        output.text("  Signing in with a browser will be possible once servers have accounts.");
        output.text("");
        String link = new Prompt(services.host()).ask("Invitation link (empty to leave):");
        if (link.isEmpty()) {
            throw CliException.notJoinedYet();
        }
        return link;
    }
}

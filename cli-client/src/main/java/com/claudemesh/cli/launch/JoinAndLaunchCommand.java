package com.claudemesh.cli.launch;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.mesh.Joined;
import com.claudemesh.cli.mesh.Joining;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A bare invitation link: joins and starts Claude Code. The membership stays when Claude Code can't be started. */
@Command(description = "Join and start Claude Code.")
public final class JoinAndLaunchCommand implements Callable<Integer>, AcceptsPassthrough {
    private final VerbServices services;
    private final String invitation;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final LaunchOptions options = new LaunchOptions();

    private List<String> passthrough = List.of();

    public JoinAndLaunchCommand(VerbServices services, String invitation) {
        this.services = services;
        this.invitation = invitation;
    }

    @Override
    public void passthrough(List<String> arguments) {
        passthrough = arguments;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        Joined joined = new Joining(services).join(invitation, options.name);
        joined.show(output, services.home().configFile());
        return new SessionLaunch(services, output).run(joined.mesh(), options, passthrough);
    }
}

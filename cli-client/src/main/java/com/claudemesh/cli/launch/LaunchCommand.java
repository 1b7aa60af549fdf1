package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.mesh.Joined;
import com.claudemesh.cli.mesh.Joining;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code launch}: starts Claude Code as a peer of a mesh; what follows {@code --} goes to claude. */
@Command(description = "Start Claude Code as a peer of a mesh. What follows -- is passed to claude.")
public final class LaunchCommand implements Callable<Integer>, AcceptsPassthrough {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Mixin
    private final LaunchOptions options = new LaunchOptions();

    @Option(names = "--join", paramLabel = "url", description = "join this invitation first")
    private @Nullable String invitation;

    @Option(names = "--non-interactive", description = "ask nothing")
    private boolean nonInteractive;

    @Parameters(arity = "0..1", paramLabel = "slug", description = "joined mesh")
    private @Nullable String slug;

    private List<String> passthrough = List.of();

    public LaunchCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public void passthrough(List<String> arguments) {
        passthrough = arguments;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        Membership mesh = invitation == null ? choose(output) : join(invitation, output);
        return new SessionLaunch(services, output).run(mesh, options, passthrough);
    }

    private Membership join(String link, Output output) {
        Joined joined = new Joining(services).join(link, options.name);
        joined.show(output, services.home().configFile());
        return joined.mesh();
    }

    private Membership choose(Output output) {
        List<Membership> joined = services.configFile().load().memberships();
        MeshSelection selection = new MeshSelection(joined);
        Optional<String> named = Optional.ofNullable(slug).or(meshOption::slug);
        List<Membership> candidates = selection.all(named);
        Optional<String> lastUsed = services.lastUsed().slug();
        boolean open = candidates.size() > 1
                && lastUsed.filter(used ->
                                candidates.stream().anyMatch(mesh -> mesh.slug().equals(used)))
                        .isEmpty();
        if (!open) {
            return selection.one(named, lastUsed);
        }
        boolean mayAsk = services.host().interactive() && !nonInteractive && !globals.yes() && !globals.quiet();
        return mayAsk ? ask(candidates, output) : candidates.get(0);
    }

    private Membership ask(List<Membership> candidates, Output output) {
        for (int i = 0; i < candidates.size(); i++) {
            output.text("  " + (i + 1) + "  " + Output.safe(candidates.get(i).slug()));
        }
        String answer = new Prompt(services.host()).ask("Choice [1]");
        if (answer.isEmpty()) {
            return candidates.get(0);
        }
        if (!answer.matches("[1-9]\\d{0,3}") || Integer.parseInt(answer) > candidates.size()) {
            throw CliException.invalid("there is no choice \"" + Output.safe(answer) + "\"");
        }
        return candidates.get(Integer.parseInt(answer) - 1);
    }
}

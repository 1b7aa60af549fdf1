package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.account.SignIn;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.mesh.Joined;
import com.claudemesh.cli.mesh.Joining;
import com.claudemesh.cli.mesh.NewMesh;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command without a verb when nothing is joined: helps to a first mesh, then starts Claude Code in it. */
@Command(description = "Join a first mesh and start Claude Code.")
public final class WelcomeCommand implements Callable<Integer>, AcceptsPassthrough {
    private static final List<String> CHOICES = List.of(
            "make an account", "sign in with a browser", "sign in with a token", "join by invitation link", "leave");
    private static final int REGISTER = 0;
    private static final int PASTE = 2;
    private static final int JOIN = 3;
    private static final int LEAVE = 4;

    private final VerbServices services;
    private final AccountOptions account = new AccountOptions();

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
        Optional<Membership> mesh = invitation == null ? ask(output) : Optional.of(join(invitation, output));
        return mesh.map(joined -> new SessionLaunch(services, output).run(joined, options, passthrough))
                .orElse(ExitCode.SUCCESS);
    }

    private Membership join(String link, Output output) {
        Joined joined = new Joining(services).join(link, options.name);
        joined.show(output, services.home().configFile());
        return joined.mesh();
    }

    /** Empty when the person has seen enough for now. */
    private Optional<Membership> ask(Output output) {
        if (!services.host().interactive()) {
            throw CliException.notJoinedYet();
        }
        output.section("claudemesh — peers for AI coding sessions");
        output.text("  You have not joined a mesh yet.");
        output.text("");
        Prompt prompt = new Prompt(services.host());
        int choice = prompt.choose(CHOICES).orElse(LEAVE);
        if (choice == LEAVE) {
            return Optional.empty();
        }
        if (choice == JOIN) {
            String link = prompt.ask("Invitation link (empty to leave):");
            return link.isEmpty() ? Optional.empty() : Optional.of(join(link, output));
        }
        signIn(choice, output);
        return firstMesh(prompt, output);
    }

    private void signIn(int choice, Output output) {
        SignIn signIn = new SignIn(services, output);
        String server = signIn.serverOrAsk(account);
        signIn.show(choice == PASTE ? signIn.pasted(server) : signIn.inBrowser(server, choice == REGISTER));
    }

    private Optional<Membership> firstMesh(Prompt prompt, Output output) {
        String name = prompt.ask("Name of a new mesh (empty for none):");
        if (name.isEmpty()) {
            output.hint("join the meshes that you have: claudemesh sync");
            return Optional.empty();
        }
        Membership mesh = NewMesh.called(name).create(services, AccountSession.require(services, account, output));
        output.ok("made " + Output.safe(mesh.slug()));
        return Optional.of(mesh);
    }
}

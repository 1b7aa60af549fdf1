package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code create}: a new mesh of the account, with this machine as its first member. */
@Command(description = "Make a mesh and join it as its owner.")
public final class CreateCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(arity = "0..*", paramLabel = "<name>", description = "name of the mesh; several words are one name")
    private List<String> words = new ArrayList<>();

    @Option(names = "--slug", paramLabel = "slug", description = "short name (default: made from the name)")
    private @Nullable String slug;

    @Option(names = "--template", paramLabel = "template", description = "groups, roles and state keys to begin with")
    private @Nullable String template;

    @Option(names = "--description", paramLabel = "text", description = "what the mesh is for")
    private @Nullable String description;

    @Option(names = "--list-templates", description = "show the templates and make nothing")
    private boolean listTemplates;

    public CreateCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        if (listTemplates) {
            output.document(MeshTemplate.json());
            MeshTemplate.show(output);
            return ExitCode.SUCCESS;
        }
        String name = String.join(" ", words).strip();
        if (name.isEmpty()) {
            throw CliException.invalid("a mesh needs a name", "claudemesh create <name>");
        }
        NewMesh wanted = new NewMesh(
                name,
                Optional.ofNullable(slug).map(MeshSlug::require),
                Optional.ofNullable(template).map(MeshTemplate::require),
                Optional.ofNullable(description));
        AccountSession session = AccountSession.requireOrSignIn(services, account, output);
        Membership mesh = wanted.create(services, session);
        show(mesh, output);
        return ExitCode.SUCCESS;
    }

    private static void show(Membership mesh, Output output) {
        output.document(Output.object()
                .put("slug", mesh.slug())
                .put("id", mesh.meshId())
                .put("name", mesh.name())
                .put("member_id", mesh.memberId()));
        output.section("created " + Output.safe(mesh.slug()));
        Map<String, String> rows = Output.rows();
        rows.put("id", Output.safe(mesh.meshId()));
        rows.put("role", "owner");
        rows.put("here", "joined");
        output.pairs(rows);
        output.hint("invite somebody: claudemesh share --mesh " + Output.safe(mesh.slug()));
    }
}

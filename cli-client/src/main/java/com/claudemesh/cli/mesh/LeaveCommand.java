package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.output.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leave}: forgets the membership and its key on this machine. */
@Command(description = "Forget a mesh: its key and invitation are deleted from this machine.")
public final class LeaveCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Parameters(paramLabel = "<slug>", description = "joined mesh")
    private String slug = "";

    public LeaveCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        ClientConfig remaining = services.configFile().update(config -> {
            if (config.membership(slug).isEmpty()) {
                throw CliException.notFound("mesh_not_found", "no joined mesh \"" + slug + "\"", "claudemesh list");
            }
            return config.without(slug);
        });
        deleteInvite(services.home().inviteFile(slug));
        output.document(Output.object().put("slug", slug).put("left", true));
        output.ok(
                "left " + Output.safe(slug),
                "remaining " + remaining.memberships().size());
        output.hint("the server still lists the member until an admin removes it");
        return 0;
    }

    private static void deleteInvite(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw CliException.io("can't delete " + file + ": " + failed.getMessage());
        }
    }
}

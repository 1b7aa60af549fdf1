package com.claudemesh.cli.mesh;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.output.Output;
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
        ClientConfig remaining = LocalMeshes.forget(services, slug);
        output.document(Output.object().put("slug", slug).put("left", true));
        output.ok(
                "left " + Output.safe(slug),
                "remaining " + remaining.memberships().size());
        output.hint("the server still lists the member until an admin removes it");
        return 0;
    }
}

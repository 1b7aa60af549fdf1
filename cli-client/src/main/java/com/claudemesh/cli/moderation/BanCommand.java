package com.claudemesh.cli.moderation;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.NamedMember;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Ban;
import com.claudemesh.protocol.frame.BanAck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ban}: shuts a member out. */
@Command(description = "Shut a member out and end its connections. For administrators.")
public final class BanCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "peer", description = "a name, a key or a prefix of at least 8 digits")
    private String peer = "";

    public BanCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            NamedMember members = new NamedMember(connections, services.host().variable("CLAUDEMESH_SESSION_ID"));
            String target = NamedMember.orAsTyped(peer, () -> members.member(peer, mesh));
            String banned =
                    connections.to(mesh).ask(new Ban(target), BanAck.class).banned();
            output.ok("banned " + Output.safe(banned));
            output.hint("undo: claudemesh unban " + target);
            output.acknowledge(Output.object().put("banned", banned));
        }
        return ExitCode.SUCCESS;
    }
}

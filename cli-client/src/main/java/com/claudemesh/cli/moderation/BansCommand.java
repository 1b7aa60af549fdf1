package com.claudemesh.cli.moderation;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.ListBans;
import com.claudemesh.protocol.frame.ListBansResult;
import com.claudemesh.protocol.frame.ListBansResult.Ban;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bans}: who is shut out. */
@Command(description = "Show who is banned.")
public final class BansCommand implements Callable<Integer> {
    private static final int SHOWN_KEY_CHARS = 16;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public BansCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            List<Ban> bans = connections
                    .to(mesh)
                    .ask(new ListBans(), ListBansResult.class)
                    .bans();
            output.document(output.project(Json.mapper().valueToTree(bans)));
            output.section("banned from " + Output.safe(mesh.slug()) + " (" + bans.size() + ")");
            bans.forEach(ban -> output.text("  " + line(ban)));
        }
        return ExitCode.SUCCESS;
    }

    static String line(Ban ban) {
        String key =
                ban.pubkey().substring(0, Math.min(SHOWN_KEY_CHARS, ban.pubkey().length()));
        return Output.safe(ban.name()) + " " + key + "… since " + Output.safe(ban.revokedAt());
    }
}

package com.claudemesh.cli.moderation;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ListBans;
import com.claudemesh.protocol.frame.ListBansResult;
import com.claudemesh.protocol.frame.ListBansResult.Ban;
import com.claudemesh.protocol.frame.Unban;
import com.claudemesh.protocol.frame.UnbanAck;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code unban}: lets a banned member in again. */
@Command(description = "Let a banned member in again. For administrators.")
public final class UnbanCommand implements Callable<Integer> {
    private static final int MIN_PREFIX_DIGITS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "member", description = "a name, a key or a prefix of at least 8 digits")
    private String member = "";

    public UnbanCommand(VerbServices services) {
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
            Unban request = new Unban(meant(bans).pubkey());
            String unbanned = connections.to(mesh).ask(request, UnbanAck.class).unbanned();
            output.ok(Output.safe(unbanned) + " may connect again");
            output.acknowledge(Output.object().put("unbanned", unbanned));
        }
        return ExitCode.SUCCESS;
    }

    /** Banned members are never online, so the list of bans is where their names are. */
    private Ban meant(List<Ban> bans) {
        String digits = member.toLowerCase(Locale.ROOT);
        List<Ban> hits = bans.stream()
                .filter(ban -> ban.name().equalsIgnoreCase(member)
                        || digits.length() >= MIN_PREFIX_DIGITS && ban.pubkey().startsWith(digits))
                .toList();
        if (hits.isEmpty()) {
            throw CliException.notFound(
                    "ban_not_found", "\"" + Output.safe(member) + "\" is not banned", "claudemesh bans");
        }
        if (hits.size() > 1) {
            throw CliException.invalid(
                    "\"" + Output.safe(member) + "\" could mean: "
                            + hits.stream().map(BansCommand::line).collect(Collectors.joining("; ")),
                    "give more digits of the key");
        }
        return hits.get(0);
    }
}

package com.claudemesh.cli.setup;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache.Counts;
import com.claudemesh.cli.output.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code status-line}: one line from local files, without a network; nothing when they can't be read. */
@Command(description = "Print one line for Claude Code's status line.")
public final class StatusLineCommand implements Callable<Integer> {
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final VerbServices services;

    @Unmatched
    private List<String> ignored = new ArrayList<>();

    public StatusLineCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        try {
            services.host().out().print(line());
            services.host().out().flush();
        } catch (CliException unreadable) {
            // An error text in the status line would be shown over and over; the doctor reports it.
            return 0;
        }
        return 0;
    }

    private String line() {
        ClientConfig config = services.configFile().load();
        Optional<String> lastUsed = services.lastUsed().slug();
        Optional<Membership> mesh = lastUsed.flatMap(config::membership)
                .or(() -> config.memberships().stream().findFirst());
        if (mesh.isEmpty()) {
            return "◇ claudemesh (not joined)";
        }
        String slug = mesh.get().slug();
        return "◇ " + Output.safe(slug) + " · "
                + services.peerCache().counts(slug).map(this::counts).orElse("idle");
    }

    private String counts(Counts counts) {
        boolean stale =
                counts.updatedAt().plus(FRESH).isBefore(services.host().clock().instant());
        return counts.online() + "/" + counts.total() + " online"
                + counts.you().map(you -> " · " + Output.safe(you)).orElse("")
                + (stale ? " (stale)" : "");
    }
}

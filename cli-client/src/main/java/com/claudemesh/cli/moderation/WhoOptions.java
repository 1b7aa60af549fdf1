package com.claudemesh.cli.moderation;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.addressing.NamedMember;
import com.claudemesh.cli.config.Membership;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose connections a verb ends: everybody's, those of silent peers, or those of one peer; looked at in this order. */
final class WhoOptions {
    @Parameters(arity = "0..1", paramLabel = "peer", description = "a name, a key or a prefix of at least 8 digits")
    private @Nullable String peer;

    @Option(names = "--stale", paramLabel = "N(s|m|h)", description = "peers not heard of for so long, as in 30m")
    private @Nullable String stale;

    @Option(names = "--all", description = "everybody but this connection")
    private boolean all;

    /** @throws CliException exit code 3 when nobody is named, or the time is no time */
    void check() {
        if (!all && stale == null && (peer == null || peer.isBlank())) {
            throw CliException.invalid("who? a peer, --stale <time> or --all is required");
        }
        staleMillis();
    }

    boolean namesOne() {
        return !all && stale == null;
    }

    @Nullable
    Boolean all() {
        return all ? Boolean.TRUE : null;
    }

    @Nullable
    Long staleMillis() {
        return all || stale == null ? null : Long.valueOf(StaleTime.millis(stale));
    }

    /** @throws CliException exit code 3 when several peers could be meant */
    @Nullable
    String target(NamedMember members, Membership mesh) {
        String typed = Optional.ofNullable(peer).orElse("");
        return namesOne() ? NamedMember.orAsTyped(typed, () -> members.peer(typed, mesh)) : null;
    }

    String typed() {
        return String.valueOf(peer);
    }
}

package com.claudemesh.cli.policy;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.protocol.encoding.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Mesh and targets of a command line, by what is known on this machine: nobody waits for a server here. */
final class CommandCircumstances implements Circumstances {
    private static final int MIN_KEY_PREFIX_CHARS = 8;
    private static final String EVERYBODY = "*";

    private final VerbServices services;
    private final Optional<String> namedMesh;
    private final List<String> targets;

    CommandCircumstances(VerbServices services, Optional<String> namedMesh, List<String> targets) {
        this.services = services;
        this.namedMesh = namedMesh;
        this.targets = List.copyOf(targets);
    }

    static CommandCircumstances of(VerbServices services, Invocation invocation) {
        return new CommandCircumstances(services, invocation.value("--mesh"), targets(invocation));
    }

    @Override
    public boolean isMesh(String slug) {
        return mesh().filter(slug::equals).isPresent();
    }

    /** The named mesh, else the last used one that is still joined, else the only one. */
    Optional<String> mesh() {
        return namedMesh.or(this::usualMesh);
    }

    private Optional<String> usualMesh() {
        List<Membership> joined = services.configFile().load().memberships();
        if (joined.size() == 1) {
            return Optional.of(joined.get(0).slug());
        }
        return services.lastUsed()
                .slug()
                .filter(slug -> joined.stream().anyMatch(mesh -> mesh.slug().equals(slug)));
    }

    @Override
    public boolean isTarget(String pattern, boolean inDoubt) {
        return pattern.equals(EVERYBODY) || targets.stream().anyMatch(target -> isTarget(pattern, target, inDoubt));
    }

    static List<String> targets(Invocation invocation) {
        List<String> targets = new ArrayList<>(invocation.values("--to"));
        targets.addAll(invocation.values("--member"));
        if (targets.isEmpty()) {
            invocation.positionals().stream().findFirst().ifPresent(targets::add);
        }
        return targets;
    }

    private boolean isTarget(String pattern, String target, boolean inDoubt) {
        if (pattern.equalsIgnoreCase(target)) {
            return true;
        }
        if (pattern.startsWith("@") || target.startsWith("@") || target.startsWith("#") || target.equals(EVERYBODY)) {
            return false;
        }
        boolean patternIsKey = isKeyPrefix(pattern);
        boolean targetIsKey = isKeyPrefix(target);
        if (patternIsKey && targetIsKey) {
            return begins(target, pattern) || begins(pattern, target);
        }
        if (patternIsKey == targetIsKey) {
            return false;
        }
        List<PeerCache.KnownPeer> known = known(targetIsKey ? target : pattern);
        String name = targetIsKey ? pattern : target;
        return known.isEmpty()
                ? inDoubt
                : known.stream().anyMatch(peer -> peer.name().equalsIgnoreCase(name));
    }

    private List<PeerCache.KnownPeer> known(String keyPrefix) {
        return mesh().map(slug -> services.peerCache().known(slug).stream()
                        .filter(peer -> begins(peer.pubkey(), keyPrefix))
                        .toList())
                .orElse(List.of());
    }

    private static boolean begins(String key, String prefix) {
        return key.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
    }

    private static boolean isKeyPrefix(String text) {
        return text.length() >= MIN_KEY_PREFIX_CHARS
                && (Hex.isKey(text) || text.chars().allMatch(c -> Character.digit(c, 16) >= 0));
    }
}

package com.claudemesh.cli.policy;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.protocol.encoding.Hex;
import java.util.ArrayList;
import java.util.Arrays;
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
    public boolean isMesh(String slug, boolean inDoubt) {
        List<String> possible = possibleMeshes();
        return possible.contains(slug) && (possible.size() == 1 || inDoubt);
    }

    /** The named mesh, else those that targets name, else all joined ones. */
    private List<String> possibleMeshes() {
        if (namedMesh.isPresent()) {
            return List.of(namedMesh.get());
        }
        List<String> joined = joined();
        List<String> prefixes = targets.stream()
                .map(target -> target.substring(0, Math.max(0, target.indexOf(':'))))
                .toList();
        return !prefixes.isEmpty() && joined.containsAll(prefixes)
                ? prefixes.stream().distinct().toList()
                : joined;
    }

    private List<String> joined() {
        return services.configFile().load().memberships().stream()
                .map(Membership::slug)
                .toList();
    }

    @Override
    public boolean isTarget(String pattern, boolean inDoubt) {
        return pattern.equals(EVERYBODY)
                || targets.stream().anyMatch(target -> isTarget(pattern, withoutMesh(target), inDoubt));
    }

    /** Several targets stand behind repeated options, or between commas. */
    static List<String> targets(Invocation invocation) {
        List<String> given = new ArrayList<>(invocation.values("--to"));
        given.addAll(invocation.values("--member"));
        if (given.isEmpty()) {
            invocation.positionals().stream().findFirst().ifPresent(given::add);
        }
        return given.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(target -> !target.isEmpty())
                .toList();
    }

    private String withoutMesh(String target) {
        int colon = target.indexOf(':');
        return colon > 0 && joined().contains(target.substring(0, colon)) ? target.substring(colon + 1) : target;
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
            // A part of a name means whoever is called so.
            return inDoubt && pattern.toLowerCase(Locale.ROOT).contains(target.toLowerCase(Locale.ROOT));
        }
        List<PeerCache.KnownPeer> known = known(targetIsKey ? target : pattern);
        String name = targetIsKey ? pattern : target;
        return known.isEmpty()
                ? inDoubt
                : known.stream().anyMatch(peer -> peer.name().equalsIgnoreCase(name));
    }

    private List<PeerCache.KnownPeer> known(String keyPrefix) {
        return possibleMeshes().stream()
                .flatMap(slug -> services.peerCache().known(slug).stream())
                .filter(peer -> begins(peer.pubkey(), keyPrefix))
                .toList();
    }

    private static boolean begins(String key, String prefix) {
        return key.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
    }

    private static boolean isKeyPrefix(String text) {
        return text.length() >= MIN_KEY_PREFIX_CHARS
                && (Hex.isKey(text) || text.chars().allMatch(c -> Character.digit(c, 16) >= 0));
    }
}

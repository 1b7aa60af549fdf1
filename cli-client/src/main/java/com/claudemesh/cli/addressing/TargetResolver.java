package com.claudemesh.cli.addressing;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.Hex;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a typed target into one recipient: a key or the beginning of one, {@code @group}, {@code *}, {@code #topic}, a
 * name, each optionally behind {@code mesh-slug:}. What several could be meant by is refused, with the choices.
 */
public final class TargetResolver {
    private static final Pattern KEY_PREFIX = Pattern.compile("[0-9a-fA-F]{8,64}");
    private static final Pattern TOPIC = Pattern.compile("#[0-9A-Za-z_-]{1,64}");

    private final Roster roster;
    private final boolean exact;
    private final Optional<String> ownSessionId;

    /**
     * @param exact no match by a part of a name
     * @param ownSessionId session that the verb runs in; its name means others
     */
    public TargetResolver(Roster roster, boolean exact, Optional<String> ownSessionId) {
        this.roster = roster;
        this.exact = exact;
        this.ownSessionId = ownSessionId;
    }

    /**
     * The recipient that the text means in these meshes.
     *
     * @throws CliException exit code 5 when it means nobody, 3 when it could mean several
     */
    public Recipient resolve(String target, List<Membership> candidates) {
        int colon = target.indexOf(':');
        Optional<Membership> named = candidates.stream()
                .filter(mesh -> colon > 0 && mesh.slug().equals(target.substring(0, colon)))
                .findFirst();
        return named.isPresent()
                ? resolveIn(target.substring(colon + 1), List.of(named.get()))
                : resolveIn(target, candidates);
    }

    private Recipient resolveIn(String target, List<Membership> meshes) {
        if (target.isEmpty()) {
            throw CliException.invalid("the recipient is missing");
        }
        char first = target.charAt(0);
        if (first == '@' || first == '#' || target.equals("*")) {
            return toMany(target, meshes);
        }
        if (Hex.isKey(target) && meshes.size() == 1) {
            String key = target.toLowerCase(Locale.ROOT);
            return new Recipient(meshes.get(0), key, Choice.shortKey(key), "");
        }
        PeerFinder finder = new PeerFinder(roster, meshes, ownSessionId);
        boolean maybeKey = KEY_PREFIX.matcher(target).matches();
        return (maybeKey ? finder.byKey(target.toLowerCase(Locale.ROOT)) : Optional.<Recipient>empty())
                .or(() -> finder.byName(target, exact))
                .orElseThrow(() -> nobody(target, maybeKey, meshes, finder));
    }

    private static Recipient toMany(String target, List<Membership> meshes) {
        if (target.startsWith("#") && !TOPIC.matcher(target).matches()) {
            throw CliException.invalid(
                    "\"" + Output.safe(target) + "\" is no topic: # and a name or an id", "claudemesh topic list");
        }
        if (meshes.size() > 1) {
            throw whichMesh(target, meshes);
        }
        return new Recipient(meshes.get(0), target, target, "");
    }

    private static CliException nobody(String target, boolean maybeKey, List<Membership> meshes, PeerFinder finder) {
        if (Hex.isKey(target)) {
            return whichMesh(target, meshes);
        }
        String known = String.join(", ", finder.knownNames());
        return CliException.notFound(
                "peer_not_found",
                maybeKey
                        ? "no online peer starts with \"" + target + "\""
                        : "no peer is called \"" + Output.safe(target) + "\"",
                known.isEmpty() ? "nobody else has been seen yet" : "known: " + known);
    }

    static CliException whichMesh(String target, List<Membership> meshes) {
        return CliException.invalid(
                "\"" + Output.safe(target) + "\" could be in several meshes: " + MeshSelection.slugs(meshes),
                "add --mesh <slug>, or write <slug>:" + Output.safe(target));
    }
}

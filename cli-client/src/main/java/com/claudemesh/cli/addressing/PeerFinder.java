package com.claudemesh.cli.addressing;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds peers of some meshes by key or name: those that are online, else those that were seen earlier. */
final class PeerFinder {
    private static final String COMMAND_CHANNEL = "cli";
    private static final String CONTROL_PLANE = "control-plane";
    private static final int MAX_SHOWN = 10;

    private final Roster roster;
    private final List<Membership> meshes;
    private final List<Choice> live;
    private final Predicate<Choice> foreign;

    PeerFinder(Roster roster, List<Membership> meshes, Optional<String> ownSessionId) {
        this.roster = roster;
        this.meshes = meshes;
        this.live = meshes.stream()
                .flatMap(mesh -> roster.online(mesh).stream().map(peer -> new Choice(mesh, peer)))
                .filter(choice -> addressable(choice.peer()))
                .toList();
        this.foreign = choice ->
                !ownSessionId.filter(choice.peer().sessionId()::equals).isPresent();
    }

    private static boolean addressable(PeerInfo peer) {
        return !COMMAND_CHANNEL.equals(peer.channel()) && !CONTROL_PLANE.equals(peer.peerRole());
    }

    /** @param prefix lower-case digits, up to a whole key */
    Optional<Recipient> byKey(String prefix) {
        List<Recipient> hits = live.stream()
                .flatMap(choice -> Stream.of(
                                choice.peer().pubkey(), choice.peer().memberPubkey())
                        .filter(key -> key.startsWith(prefix))
                        .map(key ->
                                new Recipient(choice.mesh(), key, choice.peer().displayName(), "")))
                .toList();
        List<Recipient> distinct =
                distinctKeys(hits.isEmpty() ? seenEarlier(peer -> peer.pubkey().startsWith(prefix)) : hits);
        if (distinct.size() > 1) {
            throw ambiguous(
                    prefix,
                    distinct.stream()
                            .map(hit ->
                                    Output.safe(hit.label()) + " " + hit.spec().substring(0, 20) + "… on "
                                            + Output.safe(hit.mesh().slug()))
                            .toList());
        }
        return distinct.stream().findFirst();
    }

    /** An exact name, online or seen earlier, in any case of letters; unless {@code exact}, a part of one. */
    Optional<Recipient> byName(String name, boolean exact) {
        Optional<Recipient> whole = oneOf(
                        name, matching(choice -> choice.peer().displayName().equalsIgnoreCase(name)), "")
                .or(() -> onlySeenEarlier(name));
        if (whole.isPresent() || exact) {
            return whole;
        }
        String part = name.toLowerCase(Locale.ROOT);
        List<Choice> partly = matching(
                choice -> choice.peer().displayName().toLowerCase(Locale.ROOT).contains(part));
        return oneOf(name, partly, "taken for part of a name");
    }

    /** Some names that would have been found, with their meshes. */
    List<String> knownNames() {
        List<String> names = new ArrayList<>();
        live.stream()
                .filter(foreign)
                .forEach(choice ->
                        names.add(choice.mesh().slug() + "/" + choice.peer().displayName()));
        meshes.forEach(mesh -> roster.known(mesh).forEach(peer -> names.add(mesh.slug() + "/" + peer.name())));
        return names.stream().distinct().limit(MAX_SHOWN).map(Output::safe).toList();
    }

    private List<Choice> matching(Predicate<Choice> wanted) {
        return live.stream().filter(foreign).filter(wanted).toList();
    }

    /**
     * One member, whatever the number of its sessions. The member key reaches whichever session is free, also a later
     * one; but where other sessions of the member go by other names, the named one is meant and gets its own key.
     */
    private Optional<Recipient> oneOf(String typed, List<Choice> hits, String note) {
        if (hits.isEmpty()) {
            return Optional.empty();
        }
        Choice first = hits.get(0);
        if (!hits.stream().allMatch(first::sameMember)) {
            throw ambiguous(typed, hits.stream().map(Choice::line).toList());
        }
        boolean alone = live.stream()
                .filter(first::sameMember)
                .allMatch(other -> hits.stream().anyMatch(other::sameSession));
        if (!alone && hits.size() > 1) {
            throw ambiguous(typed, hits.stream().map(Choice::line).toList());
        }
        String key = alone ? first.peer().memberPubkey() : first.peer().pubkey();
        String label = first.peer().displayName();
        return Optional.of(
                new Recipient(first.mesh(), key, label, note.isEmpty() ? "" : note + ": " + Output.safe(label)));
    }

    private Optional<Recipient> onlySeenEarlier(String name) {
        List<Recipient> hits = distinctKeys(seenEarlier(peer -> peer.name().equalsIgnoreCase(name)));
        if (hits.size() > 1) {
            throw ambiguous(
                    name,
                    hits.stream()
                            .map(hit -> Output.safe(hit.label()) + " " + Choice.shortKey(hit.spec()) + " on "
                                    + Output.safe(hit.mesh().slug()) + ", not online")
                            .toList());
        }
        return hits.stream().findFirst();
    }

    private List<Recipient> seenEarlier(Predicate<KnownPeer> wanted) {
        return meshes.stream()
                .flatMap(mesh -> roster.known(mesh).stream()
                        .filter(wanted)
                        .map(peer -> new Recipient(mesh, peer.pubkey(), peer.name(), "not online; known from earlier")))
                .toList();
    }

    private static List<Recipient> distinctKeys(List<Recipient> hits) {
        return List.copyOf(hits.stream()
                .collect(Collectors.toMap(
                        hit -> hit.mesh().slug() + ":" + hit.spec(),
                        hit -> hit,
                        (earlier, later) -> earlier,
                        java.util.LinkedHashMap::new))
                .values());
    }

    private static CliException ambiguous(String typed, List<String> choices) {
        return CliException.invalid(
                "\"" + Output.safe(typed) + "\" could mean: "
                        + choices.stream().limit(MAX_SHOWN).collect(Collectors.joining("; ")),
                "give the first digits of the key, or <mesh>:<target>");
    }
}

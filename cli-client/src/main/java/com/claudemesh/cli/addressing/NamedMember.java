package com.claudemesh.cli.addressing;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.Hex;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the one peer that a verb is about. Never guesses from a part of a name. */
public final class NamedMember {
    private final Roster roster;
    private final TargetResolver resolver;

    public NamedMember(Roster roster, Optional<String> ownSessionId) {
        this.roster = roster;
        this.resolver = new TargetResolver(roster, true, ownSessionId);
    }

    /**
     * The peer: {@link Recipient#spec()} is its key, of the member or of one session.
     *
     * @throws CliException exit code 5 when the text means nobody, 3 when it means several
     */
    public Recipient peer(String typed, Membership mesh) {
        Recipient found = resolver.resolve(typed, List.of(mesh));
        if (!Hex.isKey(found.spec())) {
            throw CliException.invalid("\"" + Output.safe(typed) + "\" is no single peer", "give a name or a key");
        }
        return found;
    }

    /**
     * As {@link #peer}, but always with the key of the member.
     *
     * @throws CliException also, exit code 3, when it is the member itself
     */
    public Recipient member(String typed, Membership mesh) {
        Recipient found = peer(typed, mesh);
        Recipient member = roster.online(mesh).stream()
                .filter(peer -> peer.pubkey().equals(found.spec())
                        || peer.memberPubkey().equals(found.spec()))
                .findFirst()
                .map(peer -> new Recipient(mesh, peer.memberPubkey(), peer.displayName(), ""))
                .orElse(found);
        if (member.spec().equals(mesh.pubkey())) {
            throw CliException.invalid("\"" + Output.safe(typed) + "\" is yourself");
        }
        return member;
    }

    /** The key to tell the server; the text itself when only the server may know who is meant. */
    public static String orAsTyped(String typed, Supplier<Recipient> lookup) {
        try {
            return lookup.get().spec();
        } catch (CliException failure) {
            if (failure.exitCode() == ExitCode.NOT_FOUND) {
                return typed;
            }
            throw failure;
        }
    }
}

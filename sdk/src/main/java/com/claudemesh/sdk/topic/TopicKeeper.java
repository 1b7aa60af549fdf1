package com.claudemesh.sdk.topic;

import com.claudemesh.protocol.crypto.BadKeyException;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.sdk.topic.TopicKeyServer.ClaimAnswer;
import com.claudemesh.sdk.topic.TopicKeyServer.Copy;
import com.claudemesh.sdk.topic.TopicKeyServer.Member;
import com.claudemesh.sdk.topic.TopicKeyServer.Pending;
import com.claudemesh.sdk.topic.TopicKeyServer.PendingEarlier;
import com.claudemesh.sdk.topic.TopicKeyServer.SealAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a member does for the keys of topics: gets its own copies, makes copies for others, and replaces a key after
 * somebody left. Blocking. Not safe for several threads; any number of processes may do the same work at a time, the
 * server lets the first win.
 */
public final class TopicKeeper {
    private static final String SELF = "yourself";

    private final KeyHolder self;
    private final TopicKeyRing ring;
    private final TopicKeyServer server;

    /**
     * A topic of the mesh.
     *
     * @param name without {@code #}
     */
    public record Topic(String id, String name) {}

    /**
     * Whom the key was sealed for, once for each generation, and whom it could not be sealed for.
     *
     * @param refused members whose key nothing can be sealed to, and others whom the server refused
     */
    public record SealRound(List<Member> sealed, List<String> refused) {}

    /**
     * What a round of care for a topic's key came to.
     *
     * @param rotated whether a new generation was made, or taken over from whoever was faster
     */
    public record Care(KeyState state, boolean rotated, SealRound shared) {}

    public TopicKeeper(KeyHolder self, TopicKeyRing ring, TopicKeyServer server) {
        this.self = self;
        this.ring = ring;
        this.server = server;
    }

    /** The current generation, asked of the server: it may have changed since the last time. */
    public KeyState current(Topic topic) {
        return state(topic, server.copy(topic.name(), OptionalInt.empty()));
    }

    /**
     * Does what is due: gets the current key, replaces it when somebody left, and shares it with those who wait for it.
     * To be called now and then, about every 30 seconds, while a session follows the topic.
     */
    public Care care(Topic topic) {
        KeyState state = current(topic);
        boolean rotates = state instanceof KeyState.Held held && held.rotationDue();
        if (rotates) {
            state = rotate(topic, (KeyState.Held) state);
        }
        SealRound shared = state instanceof KeyState.Held ? sealForWaiting(topic) : new SealRound(List.of(), List.of());
        return new Care(state, rotates, shared);
    }

    /** A certain generation; the server is only asked when it is not in the ring. */
    public KeyState ofEpoch(Topic topic, int epoch) {
        Optional<TopicKey> held = ring.key(self.meshId(), topic.id(), epoch);
        return held.isPresent()
                ? new KeyState.Held(held.get(), false)
                : state(topic, server.copy(topic.name(), OptionalInt.of(epoch)));
    }

    /** A generation that is in the ring. */
    public Optional<TopicKey> held(Topic topic, int epoch) {
        return ring.key(self.meshId(), topic.id(), epoch);
    }

    /** The latest generation in the ring. */
    public Optional<TopicKey> latest(Topic topic) {
        return ring.latest(self.meshId(), topic.id());
    }

    private KeyState state(Topic topic, Copy copy) {
        if (copy instanceof Copy.Unencrypted) {
            return new KeyState.Unencrypted();
        }
        if (!(copy instanceof Copy.Found found)) {
            return new KeyState.Waiting();
        }
        Optional<TopicKey> held = ring.key(self.meshId(), topic.id(), found.epoch());
        if (held.isPresent()) {
            return new KeyState.Held(held.get(), found.rotationDue());
        }
        SealCheck.Outcome outcome = SealCheck.check(found, self.secretKey(), server.members());
        if (outcome instanceof SealCheck.Outcome.Accepted accepted) {
            ring.keep(self.meshId(), topic.id(), accepted.key());
            return new KeyState.Held(accepted.key(), found.rotationDue());
        }
        return outcome instanceof SealCheck.Outcome.Untrusted untrusted
                ? new KeyState.Refused(untrusted.reason())
                : new KeyState.Refused("it was sealed for another key than this member's");
    }

    /**
     * Seals the key for every member who waits for it, if it is in the ring; and earlier ones for those who were there, or who
     * may read on from the beginning.
     */
    public SealRound sealForWaiting(Topic topic) {
        Pending pending = server.pending(topic.name());
        List<Member> sealed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Optional<TopicKey> key =
                pending.members().isEmpty() ? Optional.empty() : ring.key(self.meshId(), topic.id(), pending.epoch());
        if (key.isPresent()) {
            for (Member member : pending.members()) {
                if (!member.memberId().equals(self.memberId())) {
                    seal(topic, key.get(), member, sealed, refused);
                }
            }
        }
        Map<Integer, KeyState> known = new HashMap<>();
        for (PendingEarlier waiting : pending.earlier()) {
            boolean own = waiting.member().memberId().equals(self.memberId());
            KeyState state = known.computeIfAbsent(waiting.epoch(), epoch -> ofEpoch(topic, epoch));
            if (!own && state instanceof KeyState.Held held) {
                seal(topic, held.key(), waiting.member(), sealed, refused);
            }
        }
        return new SealRound(List.copyOf(sealed), List.copyOf(refused));
    }

    private void seal(Topic topic, TopicKey key, Member member, List<Member> sealed, List<String> refused) {
        Sealed copy;
        try {
            copy = sealed(key.key(), member.publicKey());
        } catch (BadKeyException unusable) {
            refused.add(member.displayName() + ": " + unusable.getMessage());
            return;
        }
        SealAnswer answer = server.seal(topic.name(), member.memberId(), key.epoch(), copy);
        if (answer instanceof SealAnswer.Stored) {
            sealed.add(member);
        } else {
            refused.add(member.displayName() + ": " + ((SealAnswer.NotNeeded) answer).reason());
        }
    }

    /**
     * Makes the next generation of the key, so that whoever left can't read what is posted from now on. When somebody
     * else was faster, the state is that of their key.
     */
    public KeyState rotate(Topic topic, KeyState.Held current) {
        return claim(topic, current.key().epoch() + 1);
    }

    /** Gives a topic that has no key its first one. */
    public KeyState encrypt(Topic topic) {
        return claim(topic, 1);
    }

    private KeyState claim(Topic topic, int epoch) {
        byte[] made = TopicKeys.generate();
        ClaimAnswer answer = server.claim(topic.name(), self.publicKey(), epoch, sealed(made, self.publicKey()));
        if (answer instanceof ClaimAnswer.TooLate) {
            return current(topic);
        }
        TopicKey key = new TopicKey(epoch, made, self.publicKey(), SELF);
        ring.keep(self.meshId(), topic.id(), key);
        return new KeyState.Held(key, false);
    }

    private Sealed sealed(byte[] topicKey, String memberPublicKey) {
        return TopicKeys.seal(topicKey, memberPublicKey, BoxKeyPair.ofIdentity(self.secretKey()));
    }
}

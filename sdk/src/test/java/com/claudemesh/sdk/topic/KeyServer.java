package com.claudemesh.sdk.topic;

import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.TopicKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One topic, {@code ops}, at a server that keeps the rules for sealed copies. */
final class KeyServer {
    static final String MESH = "mesh1";
    static final TopicKeeper.Topic TOPIC = new TopicKeeper.Topic("topic1", "ops");

    private final Map<String, SigningKeyPair> identities = new LinkedHashMap<>();
    private final List<String> present = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final Map<String, TopicKeyServer.Copy.Found> copies = new HashMap<>();
    private int epoch;
    private boolean rotationDue;

    /** Somebody with a key pair of their own, who is in the topic. */
    KeyServer with(String... names) {
        for (String name : names) {
            identities.put(name, SigningKeyPair.generate());
            present.add(name);
        }
        return this;
    }

    /** The topic was made by this member: the server made its key, sealed it for them and forgot it. */
    KeyServer madeBy(String name) {
        BoxKeyPair ephemeral = BoxKeyPair.generate();
        epoch = 1;
        Sealed copy = TopicKeys.seal(TopicKeys.generate(), key(name), ephemeral);
        put(name, 1, copy, ephemeral.publicHex(), "");
        return this;
    }

    void leaves(String name) {
        present.remove(name);
        rotationDue = epoch > 0;
    }

    /** Somebody with a key pair of their own who never was in the topic. */
    KeyServer withStranger(String name) {
        identities.put(name, SigningKeyPair.generate());
        strangers.add(name);
        return this;
    }

    String key(String name) {
        return identities.get(name).publicHex();
    }

    KeyHolder holder(String name) {
        SigningKeyPair keys = identities.get(name);
        return new KeyHolder(MESH, name, keys.publicHex(), keys.secretHex());
    }

    /** A keeper of this member with a ring of its own. */
    TopicKeeper keeper(String name, TopicKeyRing ring) {
        return new TopicKeeper(holder(name), ring, as(name));
    }

    /** Puts a copy there by other ways than the rules allow. */
    void put(String name, int copyEpoch, Sealed copy, String topicPublicKey, String sealedBy) {
        epoch = Math.max(epoch, copyEpoch);
        copies.put(
                name + "/" + copyEpoch,
                new TopicKeyServer.Copy.Found(copy, copyEpoch, false, topicPublicKey, sealedBy));
    }

    /** One member has sealed one key for another, and no other. */
    void sealedFor(String name, String sealer, TopicKey key) {
        Sealed copy = TopicKeys.seal(
                key.key(), key(name), BoxKeyPair.ofIdentity(holder(sealer).secretKey()));
        put(name, key.epoch(), copy, key(sealer), key(sealer));
    }

    TopicKeyServer as(String caller) {
        return new TopicKeyServer() {
            @Override
            public Copy copy(String topic, OptionalInt wanted) {
                if (epoch == 0) {
                    return new Copy.Unencrypted();
                }
                Copy.Found found = copies.get(caller + "/" + wanted.orElse(epoch));
                return found == null
                        ? new Copy.NotSealedYet()
                        : new Copy.Found(
                                found.copy(),
                                found.epoch(),
                                rotationDue && found.epoch() == epoch,
                                found.topicPublicKey(),
                                found.sealedBy(),
                                former(found.sealedBy()));
            }

            @Override
            public Pending pending(String topic) {
                List<PendingEarlier> earlier = new ArrayList<>();
                for (int wanted = 1; wanted < epoch; wanted++) {
                    int missed = wanted;
                    lacking(wanted)
                            .filter(name -> copies.containsKey(caller + "/" + missed))
                            .forEach(name -> earlier.add(new PendingEarlier(member(name), missed)));
                }
                return new Pending(
                        epoch, lacking(epoch).map(KeyServer.this::member).toList(), earlier);
            }

            @Override
            public SealAnswer seal(String topic, String memberId, int copyEpoch, Sealed copy) {
                if (!present.contains(memberId)) {
                    return new SealAnswer.NotNeeded("recipient_not_in_topic");
                }
                if (copies.containsKey(memberId + "/" + copyEpoch)) {
                    return new SealAnswer.NotNeeded("already_sealed");
                }
                put(memberId, copyEpoch, copy, key(caller), key(caller));
                return new SealAnswer.Stored();
            }

            @Override
            public ClaimAnswer claim(String topic, String ownPublicKey, int claimed, Sealed ownCopy) {
                if (claimed != epoch + 1 || epoch > 0 && !rotationDue) {
                    return new ClaimAnswer.TooLate();
                }
                rotationDue = false;
                put(caller, claimed, ownCopy, ownPublicKey, ownPublicKey);
                return new ClaimAnswer.Claimed();
            }

            @Override
            public List<Member> members() {
                return present.stream().map(KeyServer.this::member).toList();
            }
        };
    }

    private Stream<String> lacking(int wanted) {
        return present.stream().filter(name -> !copies.containsKey(name + "/" + wanted));
    }

    private Optional<TopicKeyServer.FormerMember> former(String publicKey) {
        return identities.keySet().stream()
                .filter(name -> key(name).equals(publicKey) && !present.contains(name) && !strangers.contains(name))
                .map(name -> new TopicKeyServer.FormerMember(publicKey, name, false))
                .findFirst();
    }

    private TopicKeyServer.Member member(String name) {
        return new TopicKeyServer.Member(name, key(name), name);
    }
}

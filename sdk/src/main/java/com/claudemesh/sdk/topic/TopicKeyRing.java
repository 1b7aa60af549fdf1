package com.claudemesh.sdk.topic;

import java.util.Optional;
import java.util.Set;

/** The topic keys that a member holds. Implementations are safe for any thread; a key that was kept stays. */
public interface TopicKeyRing {

    Optional<TopicKey> key(String meshId, String topicId, int epoch);

    /** The key with the highest epoch. */
    Optional<TopicKey> latest(String meshId, String topicId);

    /** Keeps the key; one of the same epoch is replaced. */
    void keep(String meshId, String topicId, TopicKey key);

    /** Ids of the topics of a mesh with at least one key. */
    Set<String> topics(String meshId);
}

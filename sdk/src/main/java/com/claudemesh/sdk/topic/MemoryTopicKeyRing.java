package com.claudemesh.sdk.topic;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Keys that live as long as the process. */
public final class MemoryTopicKeyRing implements TopicKeyRing {
    private final Map<Topic, NavigableMap<Integer, TopicKey>> keys = new ConcurrentHashMap<>();

    private record Topic(String meshId, String topicId) {}

    @Override
    public Optional<TopicKey> key(String meshId, String topicId, int epoch) {
        return Optional.ofNullable(epochs(meshId, topicId).get(epoch));
    }

    @Override
    public Optional<TopicKey> latest(String meshId, String topicId) {
        return Optional.ofNullable(epochs(meshId, topicId).lastEntry()).map(Map.Entry::getValue);
    }

    @Override
    public void keep(String meshId, String topicId, TopicKey key) {
        keys.computeIfAbsent(new Topic(meshId, topicId), topic -> new ConcurrentSkipListMap<>())
                .put(key.epoch(), key);
    }

    @Override
    public Set<String> topics(String meshId) {
        return keys.keySet().stream()
                .filter(topic -> topic.meshId().equals(meshId))
                .map(Topic::topicId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private NavigableMap<Integer, TopicKey> epochs(String meshId, String topicId) {
        return keys.getOrDefault(new Topic(meshId, topicId), new ConcurrentSkipListMap<>());
    }
}

package com.claudemesh.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The topics of meshes from memory, archived ones left out. A mesh is read with all its topics on first use and again when
 * something of them changed. Safe for any thread.
 */
public final class TopicDirectory {

    /** Where the directory reads from. */
    interface Source {
        Snapshot load(String meshId);

        /** How often the topics of meshes have changed. */
        Map<String, Long> versions(Collection<String> meshIds);
    }

    /**
     * The topics of one mesh at one moment.
     *
     * @param version read before the topics
     */
    static final class Snapshot {
        private final long version;
        private final Map<String, TopicView> byId = new HashMap<>();
        private final Map<String, TopicView> byName = new HashMap<>();

        Snapshot(long version, Collection<TopicView> topics) {
            this.version = version;
            for (TopicView topic : topics) {
                byId.put(topic.id(), topic);
                byName.put(topic.name(), topic);
            }
        }
    }

    private final Source source;
    private final ConcurrentMap<String, Snapshot> meshes = new ConcurrentHashMap<>();

    TopicDirectory(Source source) {
        this.source = source;
    }

    /** By id, else by exact name. */
    Optional<TopicView> find(String meshId, String idOrName) {
        Snapshot topics = snapshot(meshId);
        TopicView byId = topics.byId.get(idOrName);
        return Optional.ofNullable(byId == null ? topics.byName.get(idOrName) : byId);
    }

    Optional<TopicView> findById(String meshId, String id) {
        return Optional.ofNullable(snapshot(meshId).byId.get(id));
    }

    Optional<TopicView> findByName(String meshId, String name) {
        return Optional.ofNullable(snapshot(meshId).byName.get(name));
    }

    Collection<TopicView> all(String meshId) {
        return snapshot(meshId).byId.values();
    }

    /** Something about the topics of the mesh was committed: the next read sees it. */
    void changed(String meshId) {
        meshes.remove(meshId);
    }

    /** Forgets what other nodes have changed; returns those meshes. One query. */
    List<String> refresh() {
        Set<String> known = Set.copyOf(meshes.keySet());
        if (known.isEmpty()) {
            return List.of();
        }
        Map<String, Long> versions = source.versions(known);
        List<String> changed = new ArrayList<>();
        for (String meshId : known) {
            meshes.computeIfPresent(meshId, (id, snapshot) -> {
                if (snapshot.version == versions.getOrDefault(id, 0L)) {
                    return snapshot;
                }
                changed.add(id);
                return null;
            });
        }
        return changed;
    }

    private Snapshot snapshot(String meshId) {
        Snapshot known = meshes.get(meshId);
        return known != null ? known : meshes.computeIfAbsent(meshId, source::load);
    }
}

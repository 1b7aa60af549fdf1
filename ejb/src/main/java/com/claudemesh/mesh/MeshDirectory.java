package com.claudemesh.mesh;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Meshes and members from memory. A mesh is read with all its members on first use and again whenever something of it
 * changed; an unknown mesh id is remembered for a few seconds. Safe for any thread.
 */
public final class MeshDirectory {
    private static final int MAX_UNKNOWN = 10_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

    /** Reads a live mesh with its members; empty when there is none. */
    @FunctionalInterface
    public interface Loader {
        Optional<Snapshot> load(String meshId);
    }

    /** Everything about one mesh at one moment. */
    public static final class Snapshot {
        private final MeshView mesh;
        private final Map<String, MemberView> byKey = new HashMap<>();
        private final Map<String, MemberView> byId = new HashMap<>();
        private final List<MemberView> active;

        public Snapshot(MeshView mesh, Collection<MemberView> members) {
            this.mesh = mesh;
            for (MemberView member : members) {
                if (!member.keyless()) {
                    byKey.put(member.publicKey(), member);
                }
                byId.put(member.memberId(), member);
            }
            this.active = members.stream()
                    .filter(member -> !member.revoked() && !member.keyless())
                    .toList();
        }
    }

    private final Loader loader;
    private final Clock clock;
    private final ConcurrentMap<String, Snapshot> meshes = new ConcurrentHashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_UNKNOWN;
        }
    };

    public MeshDirectory(Loader loader, Clock clock) {
        this.loader = loader;
        this.clock = clock;
    }

    /** The mesh, unless it does not exist or is archived. */
    public Optional<MeshView> mesh(String meshId) {
        return Optional.ofNullable(snapshot(meshId)).map(found -> found.mesh);
    }

    /** The member that holds that key, revoked or not. */
    public Optional<MemberView> memberByKey(String meshId, String publicKey) {
        return Optional.ofNullable(snapshot(meshId)).map(found -> found.byKey.get(publicKey));
    }

    public Optional<MemberView> memberById(String meshId, String memberId) {
        return Optional.ofNullable(snapshot(meshId)).map(found -> found.byId.get(memberId));
    }

    /** A person's members that are not revoked. */
    public List<MemberView> membersOfAccount(String meshId, String accountId) {
        Snapshot found = snapshot(meshId);
        return found == null
                ? List.of()
                : found.byId.values().stream()
                        .filter(member -> accountId.equals(member.accountId()) && !member.revoked())
                        .toList();
    }

    /** Members that are not revoked, those without a key included. */
    public List<MemberView> currentMembers(String meshId) {
        Snapshot found = snapshot(meshId);
        return found == null
                ? List.of()
                : found.byId.values().stream()
                        .filter(member -> !member.revoked())
                        .toList();
    }

    /** Members that are not revoked and have a key: those that can connect, and be sent to. */
    public List<MemberView> activeMembers(String meshId) {
        Snapshot found = snapshot(meshId);
        return found == null ? List.of() : found.active;
    }

    /** Something about the mesh or a member of it was committed: the next read sees it. */
    public void changed(String meshId) {
        synchronized (unknown) {
            unknown.remove(meshId);
        }
        meshes.remove(meshId);
    }

    private @Nullable Snapshot snapshot(String meshId) {
        Snapshot known = meshes.get(meshId);
        if (known != null || isKnownUnknown(meshId)) {
            return known;
        }
        Snapshot loaded = meshes.computeIfAbsent(meshId, id -> loader.load(id).orElse(null));
        if (loaded == null) {
            synchronized (unknown) {
                unknown.put(meshId, clock.millis());
            }
        }
        return loaded;
    }

    private boolean isKnownUnknown(String meshId) {
        synchronized (unknown) {
            Long since = unknown.get(meshId);
            return since != null && clock.millis() - since < UNKNOWN_FOR.toMillis();
        }
    }
}

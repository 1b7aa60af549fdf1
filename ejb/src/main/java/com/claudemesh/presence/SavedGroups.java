package com.claudemesh.presence;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.protocol.frame.GroupLabel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Saved groups of whole meshes in memory: read on first use, re-read every few seconds while somebody asks (other nodes
 * save too), told of this node's own saves at once, forgotten when nobody asks any more. Safe for any thread.
 */
public final class SavedGroups implements MemberGroups {
    private static final Logger LOG = System.getLogger(SavedGroups.class.getName());
    private static final long REREAD_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long UNUSED_NANOS = Duration.ofMinutes(10).toNanos();

    /** Reads the saved groups of all members of a mesh that have any. */
    @FunctionalInterface
    public interface Loader {
        Map<String, List<GroupLabel>> savedGroups(String meshId) throws SQLException;
    }

    private final MeshDirectory directory;
    private final Loader loader;
    private final LongSupplier nanoClock;
    private final ConcurrentMap<String, OfMesh> meshes = new ConcurrentHashMap<>();

    public SavedGroups(MeshDirectory directory, Loader loader, LongSupplier nanoClock) {
        this.directory = directory;
        this.loader = loader;
        this.nanoClock = nanoClock;
    }

    @Override
    public List<GroupLabel> offlineGroups(String meshId, String memberId) {
        List<GroupLabel> saved = meshes.computeIfAbsent(meshId, OfMesh::new).of(memberId);
        if (!saved.isEmpty()) {
            return saved;
        }
        return directory
                .memberById(meshId, memberId)
                .map(MemberView::defaultGroups)
                .orElse(List.of());
    }

    /** This node saves, or is about to save, a member's groups. */
    void saved(String meshId, String memberId, List<GroupLabel> groups) {
        OfMesh mesh = meshes.get(meshId);
        if (mesh != null) {
            mesh.note(memberId, groups);
        }
    }

    /** Forgets meshes that nobody asked about for ten minutes. */
    void sweep() {
        long now = nanoClock.getAsLong();
        meshes.values().removeIf(mesh -> now - mesh.usedAtNanos > UNUSED_NANOS);
    }

    /** What this node saved itself; it counts until a read that certainly saw it. */
    private record Note(List<GroupLabel> groups, long atNanos) {}

    private final class OfMesh {
        private final String meshId;
        private final ReentrantLock reading = new ReentrantLock();
        private final Map<String, Note> notes = new ConcurrentHashMap<>();
        private volatile @Nullable Map<String, List<GroupLabel>> lastRead;
        private volatile long readAtNanos;
        private volatile long usedAtNanos = nanoClock.getAsLong();

        OfMesh(String meshId) {
            this.meshId = meshId;
        }

        List<GroupLabel> of(String memberId) {
            Map<String, List<GroupLabel>> read = current();
            Note note = notes.get(memberId);
            return note == null ? read.getOrDefault(memberId, List.of()) : note.groups();
        }

        void note(String memberId, List<GroupLabel> groups) {
            notes.put(memberId, new Note(groups, nanoClock.getAsLong()));
        }

        /** Only the very first question waits for a read that another thread is doing. */
        private Map<String, List<GroupLabel>> current() {
            usedAtNanos = nanoClock.getAsLong();
            Map<String, List<GroupLabel>> known = lastRead;
            if (known != null && (isFresh() || !reading.tryLock())) {
                return known;
            }
            if (known == null) {
                reading.lock();
            }
            try {
                known = lastRead;
                return known != null && isFresh() ? known : read(known);
            } finally {
                reading.unlock();
            }
        }

        private boolean isFresh() {
            return nanoClock.getAsLong() - readAtNanos < REREAD_NANOS;
        }

        private Map<String, List<GroupLabel>> read(@Nullable Map<String, List<GroupLabel>> known) {
            readAtNanos = nanoClock.getAsLong();
            try {
                Map<String, List<GroupLabel>> read = loader.savedGroups(meshId);
                lastRead = read;
                notes.values().removeIf(note -> readAtNanos - note.atNanos() > REREAD_NANOS);
                return read;
            } catch (SQLException e) {
                if (known == null) {
                    throw new IllegalStateException("the saved groups of the mesh cannot be read", e);
                }
                LOG.log(Level.WARNING, "event=saved_groups_not_reread mesh=" + meshId + " cause=" + e.getMessage());
                return known;
            }
        }
    }
}

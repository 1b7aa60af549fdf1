package com.claudemesh.presence;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck.RestoredStats;
import com.claudemesh.protocol.frame.PeerProfile;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.SetProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What changes about a peer while it lives. Successive connections of one presence share it. Safe for any thread: reads
 * never wait, changes are serialised.
 */
final class PeerState {
    private volatile List<GroupLabel> groups;
    private volatile PeerProfile profile;
    private volatile boolean visible;
    private volatile @Nullable String summary;
    private volatile PeerStatus status;
    private volatile @Nullable PeerStats stats;
    private RestoredStats counted;
    private long version;
    private long mirroredVersion;
    private final Object saving = new Object();

    /** @param counted what the member's totals hold already of the counters that this peer will report */
    PeerState(
            List<GroupLabel> groups,
            PeerProfile profile,
            boolean visible,
            @Nullable String summary,
            PeerStatus status,
            RestoredStats counted) {
        this.groups = distinct(groups);
        this.profile = profile;
        this.visible = visible;
        this.summary = summary;
        this.status = status;
        this.counted = counted;
    }

    static PeerState fresh(List<GroupLabel> groups, PeerStatus status) {
        return new PeerState(groups, PeerProfile.EMPTY, true, null, status, StatsGain.NONE);
    }

    private static List<GroupLabel> distinct(List<GroupLabel> groups) {
        Map<String, GroupLabel> byName = new LinkedHashMap<>();
        groups.forEach(group -> byName.put(group.name(), group));
        return List.copyOf(byName.values());
    }

    List<GroupLabel> groups() {
        return groups;
    }

    PeerProfile profile() {
        return profile;
    }

    boolean visible() {
        return visible;
    }

    @Nullable
    String summary() {
        return summary;
    }

    PeerStatus status() {
        return status;
    }

    @Nullable
    PeerStats stats() {
        return stats;
    }

    /** False when the peer is in as many groups as it may be. */
    synchronized boolean join(GroupLabel group) {
        List<GroupLabel> next = new ArrayList<>(groups);
        next.removeIf(old -> old.name().equals(group.name()));
        if (next.size() >= Limits.MAX_GROUPS) {
            return false;
        }
        next.add(group);
        groups = List.copyOf(next);
        version++;
        return true;
    }

    synchronized void leave(String group) {
        List<GroupLabel> next = new ArrayList<>(groups);
        if (next.removeIf(old -> old.name().equals(group))) {
            groups = List.copyOf(next);
            version++;
        }
    }

    synchronized void merge(SetProfile change) {
        profile = profile.merged(change);
        version++;
    }

    /** True when that is a change. */
    synchronized boolean show(boolean wanted) {
        if (visible == wanted) {
            return false;
        }
        visible = wanted;
        version++;
        return true;
    }

    synchronized void summarize(String text) {
        summary = text;
        version++;
    }

    synchronized void report(PeerStats reported) {
        stats = reported;
        version++;
    }

    /** Applies a status rule; true when the peer went to or from idle. */
    synchronized boolean change(UnaryOperator<PeerStatus> rule) {
        boolean wasIdle = status.isIdle();
        status = rule.apply(status);
        return status.isIdle() != wasIdle;
    }

    /** Whether the peer itself changed anything that outlives it. */
    synchronized boolean touched() {
        return version > 0;
    }

    /** The lock of whoever saves this state; changes do not wait for it. */
    Object saving() {
        return saving;
    }

    /** Everything that outlives the connection, at one moment. */
    record Snapshot(
            List<GroupLabel> groups,
            PeerProfile profile,
            boolean visible,
            @Nullable String summary,
            RestoredStats gain,
            long version) {}

    synchronized Snapshot snapshot() {
        return new Snapshot(groups, profile, visible, summary, StatsGain.of(stats, counted), version);
    }

    /** The snapshot, if the database's mirror of this peer is older. */
    synchronized Optional<Snapshot> unmirrored() {
        return version == mirroredVersion ? Optional.empty() : Optional.of(snapshot());
    }

    synchronized void mirrored(Snapshot written) {
        mirroredVersion = Math.max(mirroredVersion, written.version());
    }

    /** The snapshot's gain is in the member's totals now. */
    synchronized void counted(Snapshot saved) {
        counted = StatsGain.sum(counted, saved.gain());
    }
}

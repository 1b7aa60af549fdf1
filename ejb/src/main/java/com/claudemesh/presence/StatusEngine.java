package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Keeps every peer's status by the rule of {@link PeerStatus} and tells the observers when a peer becomes idle or busy.
 * Status is live only: nothing of it is stored. Safe for any thread but a socket thread; never blocks on I/O.
 */
public final class StatusEngine {
    private static final Comparator<Peer> BY_AGE = Comparator.comparing(Peer::connectedAt);

    private final PeerRegistry registry;
    private final PresenceObservers observers;
    private final PendingStatuses pending;
    private final Clock clock;
    private final Times times;

    /**
     * @param workingFor after how long without a report work counts as over
     * @param freshFor how long a report keeps its source against a weaker one
     * @param pendingFor how long a report waits for its connection
     */
    public record Times(Duration workingFor, Duration freshFor, Duration pendingFor) {}

    public StatusEngine(PeerRegistry registry, PresenceObservers observers, Clock clock, Times times) {
        this.registry = registry;
        this.observers = observers;
        this.clock = clock;
        this.times = times;
        this.pending = new PendingStatuses(clock, times.pendingFor());
    }

    /** The peer says so itself. */
    public void set(Peer peer, Status status) {
        report(peer, status, StatusSource.MANUAL);
    }

    /**
     * A hook says so. It concerns the newest peer of the session it names, else of its process and folder, else of its
     * folder; the same client's connections to other meshes follow. Peers of another address are never concerned.
     */
    public HookOutcome hook(HookReport report) {
        List<Peer> candidates = registry.all().stream()
                .filter(peer -> peer.receivesMessages() && peer.origin().isFrom(report.clientAddress()))
                .toList();
        Optional<Peer> found = newest(
                        candidates, peer -> report.namesSession(peer.client().sessionId()))
                .or(() -> newest(
                        candidates,
                        peer -> report.namesProcess(
                                peer.client().pid(), peer.client().cwd())))
                .or(() -> newest(
                        candidates, peer -> report.cwd().equals(peer.client().cwd())));
        if (found.isEmpty()) {
            pending.keep(report);
            return new HookOutcome.Pending();
        }
        candidates.stream()
                .filter(peer -> isSameClient(peer, found.get()))
                .forEach(peer -> report(peer, report.status(), StatusSource.HOOK));
        return new HookOutcome.Applied(found.get().presenceId());
    }

    private static Optional<Peer> newest(List<Peer> candidates, Predicate<Peer> fits) {
        return candidates.stream().filter(fits).max(BY_AGE);
    }

    private static boolean isSameClient(Peer one, Peer other) {
        return one.client().sessionId().equals(other.client().sessionId())
                && one.client().pid() == other.client().pid();
    }

    private void report(Peer peer, Status status, StatusSource source) {
        Instant now = clock.instant();
        apply(peer, current -> current.after(status, source, now, times.freshFor()));
    }

    private void apply(Peer peer, UnaryOperator<PeerStatus> rule) {
        if (peer.state().change(rule)) {
            observers.gateChanged(peer);
        }
    }

    /** The peer has just become live: a report that waited for it counts, unless a later one found it already. */
    void connected(Peer peer) {
        pending.take(peer.origin(), peer.client())
                .ifPresent(report -> apply(
                        peer,
                        current -> current.source() == StatusSource.HOOK
                                ? current
                                : current.after(
                                        report.status(), StatusSource.HOOK, clock.instant(), times.freshFor())));
    }

    /** Ends stale work and forgets reports that nobody came for. Call about every second. */
    public void sweep() {
        Instant now = clock.instant();
        registry.all().forEach(peer -> apply(peer, current -> current.aged(now, times.workingFor())));
        pending.sweep();
    }
}

package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.PeerProfile;
import com.claudemesh.protocol.frame.PeerStats;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One live connection of a member. What was said in the hello is fixed; the rest is always what holds now. A presence that
 * comes back within its lease is a new peer with the same presence id and the same changing state. Safe for any thread.
 */
public final class Peer {
    /** A connection of the background process of a machine, not of one coding session. */
    static final String DAEMON_CHANNEL = "claudemesh-daemon";

    private static final String COMMAND_CHANNEL = "cli";

    private final String presenceId;
    private final PeerIdentity identity;
    private final ClientInfo client;
    private final PeerOrigin origin;
    private final PeerState state;
    private final Instant connectedAt;
    private final PeerChannel channel;
    private volatile Instant lastPongAt;
    private volatile boolean acknowledges;
    private volatile boolean away;
    private volatile boolean ending;

    /** A peer that nothing is remembered of: idle, visible, connected from an unknown address. */
    public Peer(
            String presenceId,
            PeerIdentity identity,
            ClientInfo client,
            List<GroupLabel> groups,
            Instant connectedAt,
            PeerChannel channel) {
        this(
                presenceId,
                identity,
                client,
                PeerOrigin.UNKNOWN,
                PeerState.fresh(groups, PeerStatus.initial(connectedAt)),
                connectedAt,
                channel);
    }

    Peer(
            String presenceId,
            PeerIdentity identity,
            ClientInfo client,
            PeerOrigin origin,
            PeerState state,
            Instant connectedAt,
            PeerChannel channel) {
        this.presenceId = presenceId;
        this.identity = identity;
        this.client = client;
        this.origin = origin;
        this.state = state;
        this.connectedAt = connectedAt;
        this.channel = channel;
        this.lastPongAt = connectedAt;
        this.acknowledges =
                client.announces(Capability.CLIENT_ACK) || origin.sessionConnection() || isDaemon(client, origin);
    }

    /** The same presence on a new connection. */
    Peer reattached(
            PeerIdentity newIdentity, ClientInfo newClient, PeerOrigin newOrigin, Instant now, PeerChannel newChannel) {
        Peer next = new Peer(presenceId, newIdentity, newClient, newOrigin, state, connectedAt, newChannel);
        next.lastPongAt = now;
        return next;
    }

    public String presenceId() {
        return presenceId;
    }

    public PeerIdentity identity() {
        return identity;
    }

    public ClientInfo client() {
        return client;
    }

    PeerOrigin origin() {
        return origin;
    }

    PeerState state() {
        return state;
    }

    public String meshId() {
        return identity.meshId();
    }

    public String memberId() {
        return identity.memberId();
    }

    /** When the presence began; a return within the lease does not change it. */
    public Instant connectedAt() {
        return connectedAt;
    }

    public PeerChannel channel() {
        return channel;
    }

    /** The groups it is in now. */
    public List<GroupLabel> groups() {
        return state.groups();
    }

    public @Nullable String summary() {
        return state.summary();
    }

    public Status status() {
        return state.status().value();
    }

    /** The status with its source and age. */
    public PeerStatus statusReport() {
        return state.status();
    }

    /** False when it hides from other members' lists and from multicast. */
    public boolean visible() {
        return state.visible();
    }

    public PeerProfile profile() {
        return state.profile();
    }

    /** Its last report of its own counters. */
    public @Nullable PeerStats stats() {
        return state.stats();
    }

    /** When its connection last answered a ping; before the first answer, when it was opened. */
    public Instant lastPongAt() {
        return lastPongAt;
    }

    public void ponged(Instant now) {
        lastPongAt = now;
    }

    /** True while its connection is lost and its lease still runs: addressable, but nothing can be handed to it. */
    public boolean away() {
        return away;
    }

    void goAway() {
        away = true;
    }

    /** Its end has begun: no connection can take it over any more, and nothing that it still sends is done. */
    public boolean ending() {
        return ending;
    }

    void beginEnd() {
        ending = true;
    }

    /** Whether it keeps its place for a while when its connection is lost. */
    boolean leasable() {
        return receivesMessages() && (origin.sessionConnection() || isDaemon(client, origin));
    }

    /** True for a machine's background process, false for a session. */
    public boolean controlPlane() {
        return isDaemon(client, origin);
    }

    private static boolean isDaemon(ClientInfo client, PeerOrigin origin) {
        return !origin.sessionConnection() && DAEMON_CHANNEL.equals(client.channel());
    }

    /** False for one-shot commands: they are not listed, not announced, and never handed messages. */
    public boolean receivesMessages() {
        return !client.announces(Capability.NO_PUSH);
    }

    /** False also for a command that only fetches its messages: it is gone before anybody could answer it. */
    public boolean announced() {
        return receivesMessages() && !COMMAND_CHANNEL.equals(client.channel());
    }

    /** True when a message to this peer counts as received only after its {@code client_ack}. */
    public boolean acknowledges() {
        return acknowledges;
    }

    /** From its first {@code client_ack} on a peer is held to acknowledge. */
    public void startAcknowledging() {
        acknowledges = true;
    }

    /** Whether a message of this priority may be handed to the peer now: all to an idle one, else {@code now} alone. */
    public boolean accepts(Priority priority) {
        return receivesMessages() && (priority == Priority.NOW || state.status().isIdle());
    }
}

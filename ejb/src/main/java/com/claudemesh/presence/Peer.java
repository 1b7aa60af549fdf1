package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Priority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One live connection of a member. What was said in the hello is fixed; summary and acknowledgement mode change while it
 * lives. Safe for any thread.
 */
public final class Peer {
    private final String presenceId;
    private final PeerIdentity identity;
    private final ClientInfo client;
    private final List<GroupLabel> groups;
    private final Instant connectedAt;
    private final PeerChannel channel;
    private volatile @Nullable String summary;
    private volatile boolean acknowledges;

    public Peer(
            String presenceId,
            PeerIdentity identity,
            ClientInfo client,
            List<GroupLabel> groups,
            Instant connectedAt,
            PeerChannel channel) {
        this.presenceId = presenceId;
        this.identity = identity;
        this.client = client;
        this.groups = List.copyOf(groups);
        this.connectedAt = connectedAt;
        this.channel = channel;
        this.acknowledges = client.announces(Capability.CLIENT_ACK);
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

    public String meshId() {
        return identity.meshId();
    }

    public String memberId() {
        return identity.memberId();
    }

    public List<GroupLabel> groups() {
        return groups;
    }

    public Instant connectedAt() {
        return connectedAt;
    }

    public PeerChannel channel() {
        return channel;
    }

    public @Nullable String summary() {
        return summary;
    }

    public void summarize(String text) {
        summary = text;
    }

    /** False for one-shot commands: they are not listed, not announced, and never handed messages. */
    public boolean receivesMessages() {
        return !client.announces(Capability.NO_PUSH);
    }

    /** True when a message to this peer counts as received only after its {@code client_ack}. */
    public boolean acknowledges() {
        return acknowledges;
    }

    /** From its first {@code client_ack} on a peer is held to acknowledge. */
    public void startAcknowledging() {
        acknowledges = true;
    }

    public boolean visible() {
        return true;
    }

    /** Whether a message of this priority may be handed to the peer now. */
    public boolean accepts(Priority priority) {
        return receivesMessages();
    }
}

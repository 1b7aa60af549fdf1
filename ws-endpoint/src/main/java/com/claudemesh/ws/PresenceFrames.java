package com.claudemesh.ws;

import com.claudemesh.presence.Peer;
import com.claudemesh.presence.Roster;
import com.claudemesh.protocol.frame.ListPeers;
import com.claudemesh.protocol.frame.SetSummary;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** {@code list_peers} and {@code set_summary}. */
@Dependent
public class PresenceFrames implements FrameHandlers {
    private final Roster roster;

    @Inject
    public PresenceFrames(Roster roster) {
        this.roster = roster;
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(ListPeers.class, this::listPeers);
        dispatcher.on(SetSummary.class, this::setSummary);
    }

    private Reply listPeers(ListPeers frame, Peer peer) {
        return new Reply.Now(roster.of(peer.meshId()));
    }

    private Reply setSummary(SetSummary frame, Peer peer) {
        peer.summarize(frame.summary());
        return Reply.Silent.SILENT;
    }
}

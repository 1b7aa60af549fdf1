package com.claudemesh.ws;

import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PresenceService;
import com.claudemesh.presence.PresenceService.Outcome;
import com.claudemesh.presence.Roster;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.JoinGroup;
import com.claudemesh.protocol.frame.LeaveGroup;
import com.claudemesh.protocol.frame.ListPeers;
import com.claudemesh.protocol.frame.SetProfile;
import com.claudemesh.protocol.frame.SetStats;
import com.claudemesh.protocol.frame.SetStatus;
import com.claudemesh.protocol.frame.SetSummary;
import com.claudemesh.protocol.frame.SetVisible;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** {@code list_peers}, and what a peer says about itself. */
@Dependent
public class PresenceFrames implements FrameHandlers {
    private final Roster roster;
    private final PresenceService presence;

    @Inject
    public PresenceFrames(Roster roster, PresenceService presence) {
        this.roster = roster;
        this.presence = presence;
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(ListPeers.class, this::listPeers);
        dispatcher.on(SetStatus.class, this::setStatus);
        dispatcher.on(SetSummary.class, this::setSummary);
        dispatcher.on(SetVisible.class, this::setVisible);
        dispatcher.on(SetProfile.class, this::setProfile);
        dispatcher.on(SetStats.class, this::setStats);
        dispatcher.on(JoinGroup.class, this::joinGroup);
        dispatcher.on(LeaveGroup.class, this::leaveGroup);
    }

    private Reply listPeers(ListPeers frame, Peer peer) {
        return new Reply.Now(roster.seenBy(peer));
    }

    private Reply setStatus(SetStatus frame, Peer peer) {
        presence.setStatus(peer, frame.status());
        return Reply.Silent.SILENT;
    }

    private Reply setSummary(SetSummary frame, Peer peer) {
        presence.setSummary(peer, frame.summary());
        return Reply.Silent.SILENT;
    }

    private Reply setVisible(SetVisible frame, Peer peer) {
        return answer(presence.setVisible(peer, frame.visible()), Reply.Receipt.RECEIPT);
    }

    private Reply setProfile(SetProfile frame, Peer peer) {
        return answer(presence.setProfile(peer, frame), Reply.Receipt.RECEIPT);
    }

    private Reply setStats(SetStats frame, Peer peer) {
        presence.setStats(peer, frame.stats());
        return Reply.Silent.SILENT;
    }

    private Reply joinGroup(JoinGroup frame, Peer peer) {
        return answer(presence.joinGroup(peer, frame.label()), Reply.Silent.SILENT);
    }

    private Reply leaveGroup(LeaveGroup frame, Peer peer) {
        presence.leaveGroup(peer, frame.name());
        return Reply.Silent.SILENT;
    }

    private static Reply answer(Outcome outcome, Reply done) {
        if (outcome instanceof Outcome.RateLimited limited) {
            return error(
                    ErrorCode.RATE_LIMITED, "too many changes, try again in " + limited.retryAfterMillis() + " ms");
        }
        if (outcome instanceof Outcome.Refused refused) {
            return error(ErrorCode.INVALID_ARGS, refused.field() + ": " + refused.problem());
        }
        return done;
    }

    private static Reply error(ErrorCode code, String message) {
        return new Reply.Now(ErrorFrame.of(code, message));
    }
}

package com.claudemesh.ws;

import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.BanOutcome;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.moderation.Moderation;
import com.claudemesh.moderation.RemovalOutcome;
import com.claudemesh.moderation.Selection;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.Ban;
import com.claudemesh.protocol.frame.BanAck;
import com.claudemesh.protocol.frame.Disconnect;
import com.claudemesh.protocol.frame.DisconnectAck;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.KickAck;
import com.claudemesh.protocol.frame.ListBans;
import com.claudemesh.protocol.frame.ListBansResult;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.Unban;
import com.claudemesh.protocol.frame.UnbanAck;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code kick}, {@code disconnect}, {@code ban}, {@code unban} and {@code list_bans}. */
@Dependent
public class ModerationFrames implements FrameHandlers {
    private final Moderation moderation;
    private final MemberService members;
    private final MeshDirectory directory;

    @Inject
    public ModerationFrames(Moderation moderation, MemberService members, MeshDirectory directory) {
        this.moderation = moderation;
        this.members = members;
        this.directory = directory;
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(Kick.class, Requirement.ADMIN, this::kick);
        dispatcher.on(Disconnect.class, Requirement.ADMIN, this::disconnect);
        dispatcher.on(Ban.class, Requirement.ADMIN, this::ban);
        dispatcher.on(Unban.class, Requirement.ADMIN, this::unban);
        dispatcher.on(ListBans.class, this::listBans);
    }

    private Reply kick(Kick frame, Peer peer) {
        return selection(frame.all(), frame.stale(), frame.target())
                .map(selection ->
                        removed(moderation.kick(peer, selection), done -> KickAck.of(done.names(), done.spared())))
                .orElseGet(ModerationFrames::nobodyNamed);
    }

    private Reply disconnect(Disconnect frame, Peer peer) {
        return selection(frame.all(), frame.stale(), frame.target())
                .map(selection ->
                        removed(moderation.disconnect(peer, selection), done -> DisconnectAck.of(done.names())))
                .orElseGet(ModerationFrames::nobodyNamed);
    }

    private static Optional<Selection> selection(
            @Nullable Boolean all, @Nullable Long staleMillis, @Nullable String target) {
        if (Boolean.TRUE.equals(all)) {
            return Optional.of(new Selection.Everybody());
        }
        if (staleMillis != null) {
            return Optional.of(new Selection.Silent(staleMillis));
        }
        return target == null || target.isBlank() ? Optional.empty() : Optional.of(new Selection.Named(target));
    }

    private static Reply nobodyNamed() {
        return error(ErrorCode.INVALID, "all, stale or target: one of them is required");
    }

    private static Reply removed(RemovalOutcome outcome, Function<RemovalOutcome.Removed, ServerFrame> answer) {
        return outcome instanceof RemovalOutcome.Removed done
                ? new Reply.Now(answer.apply(done))
                : ambiguous(((RemovalOutcome.Ambiguous) outcome).members());
    }

    private static Reply ambiguous(long members) {
        return error(ErrorCode.INVALID, "target: fits " + members + " members, give more of the key");
    }

    private Reply ban(Ban frame, Peer peer) {
        String target = frame.target();
        if (target == null || target.isBlank()) {
            return error(ErrorCode.INVALID, "target: is required");
        }
        BanOutcome outcome = members.ban(peer.meshId(), actor(peer), target);
        if (outcome instanceof BanOutcome.Done done) {
            moderation.shutOut(peer.meshId(), done.memberId(), farewell(peer.meshId()));
        }
        return banned(outcome, BanAck::new, "no active member fits");
    }

    private Reply unban(Unban frame, Peer peer) {
        String target = frame.target();
        if (target == null || target.isBlank()) {
            return error(ErrorCode.INVALID, "target: is required");
        }
        return banned(members.unban(peer.meshId(), actor(peer), target), UnbanAck::new, "no banned member fits");
    }

    private static Actor actor(Peer peer) {
        return new Actor(peer.memberId(), peer.identity().displayName());
    }

    private String farewell(String meshId) {
        return directory.mesh(meshId).map(MeshView::farewell).orElse("your access was revoked");
    }

    private static Reply banned(BanOutcome outcome, Function<String, ServerFrame> answer, String notFound) {
        if (outcome instanceof BanOutcome.Done done) {
            return new Reply.Now(answer.apply(done.displayName()));
        }
        if (outcome instanceof BanOutcome.Ambiguous ambiguous) {
            return ambiguous(ambiguous.members());
        }
        if (outcome instanceof BanOutcome.Oneself) {
            return error(ErrorCode.INVALID, "target: you cannot ban yourself");
        }
        if (outcome instanceof BanOutcome.Owner) {
            return error(ErrorCode.FORBIDDEN, "target: the owner of the mesh cannot be banned");
        }
        return outcome instanceof BanOutcome.Forbidden
                ? error(ErrorCode.FORBIDDEN, "your own access was revoked")
                : error(ErrorCode.NOT_FOUND, "target: " + notFound);
    }

    private Reply listBans(ListBans frame, Peer peer) {
        return new Reply.Now(new ListBansResult(members.bans(peer.meshId()).stream()
                .map(ban -> new ListBansResult.Ban(ban.displayName(), ban.publicKey(), WireTime.text(ban.revokedAt())))
                .toList()));
    }

    private static Reply error(ErrorCode code, String message) {
        return new Reply.Now(ErrorFrame.of(code, message));
    }
}

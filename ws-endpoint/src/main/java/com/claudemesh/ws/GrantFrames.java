package com.claudemesh.ws;

import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.GrantsOutcome;
import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.GrantsResult;
import com.claudemesh.protocol.frame.ListGrants;
import com.claudemesh.protocol.frame.SetGrants;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** {@code set_grants} and {@code list_grants}: always about the member that asks. */
@Dependent
public class GrantFrames implements FrameHandlers {
    private final MemberService members;
    private final MeshDirectory directory;
    private final RateLimiter changes;

    @Inject
    public GrantFrames(MemberService members, MeshDirectory directory, Settings settings) {
        this.members = members;
        this.directory = directory;
        this.changes =
                new RateLimiter(settings.grantChangesPerMinute(), settings.grantChangesPerMinute(), System::nanoTime);
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(SetGrants.class, this::setGrants);
        dispatcher.on(ListGrants.class, this::listGrants);
    }

    private Reply setGrants(SetGrants frame, Peer peer) {
        long waitMillis = changes.tryAcquire(peer.memberId());
        if (waitMillis > 0) {
            return error(ErrorCode.RATE_LIMITED, "too many changes, try again in " + waitMillis + " ms");
        }
        Actor actor = new Actor(peer.memberId(), peer.identity().displayName());
        GrantsOutcome outcome = members.changeGrants(peer.meshId(), peer.memberId(), actor, frame.grants());
        if (outcome instanceof GrantsOutcome.Changed changed) {
            return result(changed.grants());
        }
        return outcome instanceof GrantsOutcome.TooMany tooMany
                ? error(ErrorCode.INVALID_ARGS, "grants: at most " + tooMany.maxEntries() + " entries are kept")
                : error(ErrorCode.FORBIDDEN, "not a member of this mesh any more");
    }

    private Reply listGrants(ListGrants frame, Peer peer) {
        return result(directory
                .memberById(peer.meshId(), peer.memberId())
                .map(MemberView::grants)
                .orElse(Grants.NONE));
    }

    private static Reply result(Grants grants) {
        return new Reply.Now(new GrantsResult(grants.entries()));
    }

    private static Reply error(ErrorCode code, String message) {
        return new Reply.Now(ErrorFrame.of(code, message));
    }
}

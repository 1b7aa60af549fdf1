package com.claudemesh.presence;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.HelloAck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code hello_ack} for each way in (wire protocol §1.3). */
final class HelloAnswers {
    private HelloAnswers() {}

    /** A presence that begins; {@code saved} is what the member left behind. */
    static HelloAck begun(Applicant applicant, Peer peer, @Nullable SavedState saved) {
        SavedState restored = applicant.hearsOfRestoring() ? saved : null;
        boolean groupsRestored = restored != null
                && !applicant.namesGroups()
                && !restored.groups().isEmpty();
        return new HelloAck(
                peer.presenceId(),
                peer.identity().displayName(),
                profile(applicant.member()),
                new HelloAck.MeshPolicy(applicant.mesh().policy()),
                Limits.PROTOCOL_VERSION,
                restored == null ? null : true,
                restored == null ? null : restored.lastSummary(),
                restored == null ? null : WireTime.text(restored.lastSeenAt()),
                groupsRestored ? restored.groups() : null,
                restored == null ? null : restored.stats(),
                services(applicant));
    }

    /** A presence that is back within its lease: nothing of it was lost, so nothing is restored. */
    static HelloAck returned(Applicant applicant, Peer peer) {
        return new HelloAck(
                peer.presenceId(),
                peer.identity().displayName(),
                applicant.origin().sessionConnection() ? null : profile(applicant.member()),
                new HelloAck.MeshPolicy(applicant.mesh().policy()),
                Limits.PROTOCOL_VERSION,
                null,
                null,
                null,
                null,
                null,
                services(applicant));
    }

    private static HelloAck.MemberProfile profile(MemberView member) {
        return new HelloAck.MemberProfile(member.roleTag(), member.defaultGroups(), member.messageMode());
    }

    private static @Nullable List<HelloAck.Service> services(Applicant applicant) {
        return applicant.origin().sessionConnection() ? null : List.of();
    }
}

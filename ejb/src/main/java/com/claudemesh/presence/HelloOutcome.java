package com.claudemesh.presence;

import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.HelloAck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a hello. */
public sealed interface HelloOutcome {

    /**
     * The connection is now a live peer.
     *
     * @param replaced other presences of the same session, already unregistered, to be ended
     * @param earlier the connection that the same presence had before, to be closed; null for a presence that begins
     * @param returning state saved by an earlier session, null when the member is new
     */
    record Accepted(
            Peer peer,
            HelloAck answer,
            List<Peer> replaced,
            @Nullable Peer earlier,
            @Nullable SavedState returning) implements HelloOutcome {

        static Accepted begun(Peer peer, HelloAck answer, List<Peer> replaced, @Nullable SavedState returning) {
            return new Accepted(peer, answer, replaced, null, returning);
        }

        static Accepted returned(Peer peer, HelloAck answer, List<Peer> replaced, Peer earlier) {
            return new Accepted(peer, answer, replaced, earlier, null);
        }

        /** Whether the others have not known this presence or session before. */
        public boolean isNews() {
            return earlier == null && replaced.isEmpty();
        }
    }

    /** The connection must be closed after this error. */
    record Rejected(ErrorCode code, String message) implements HelloOutcome {}
}

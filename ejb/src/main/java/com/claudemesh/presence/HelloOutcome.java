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
     * @param replaced earlier connections of the same session, already unregistered, to be closed
     * @param returning state saved by an earlier session, null when the member is new
     */
    record Accepted(
            Peer peer,
            HelloAck answer,
            List<Peer> replaced,
            @Nullable SavedState returning) implements HelloOutcome {}

    /** The connection must be closed after this error. */
    record Rejected(ErrorCode code, String message) implements HelloOutcome {}
}

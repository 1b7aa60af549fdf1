package com.claudemesh.ws;

import com.claudemesh.mesh.MemberService;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.messaging.MessagingService;
import com.claudemesh.platform.Counter;
import com.claudemesh.presence.Admission;
import com.claudemesh.presence.Announcer;
import com.claudemesh.presence.Departure;
import com.claudemesh.presence.HelloOutcome;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.SessionHello;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** Lets peers in and out: admission, replacement of earlier connections, announcements, mail. Runs on workers. */
final class Greeter {
    private static final Logger LOG = System.getLogger(Greeter.class.getName());

    private final Admission admission;
    private final Announcer announcer;
    private final Departure departure;
    private final MessagingService messaging;
    private final MemberService members;
    private final MeshDirectory directory;
    private final Counter rejected;

    Greeter(
            Admission admission,
            Announcer announcer,
            Departure departure,
            MessagingService messaging,
            MemberService members,
            MeshDirectory directory,
            Counter rejected) {
        this.admission = admission;
        this.announcer = announcer;
        this.departure = departure;
        this.messaging = messaging;
        this.members = members;
        this.directory = directory;
        this.rejected = rejected;
    }

    /** The result of a hello. */
    sealed interface Greeting {}

    record Welcome(HelloOutcome.Accepted accepted) implements Greeting {
        Peer peer() {
            return accepted.peer();
        }

        HelloAck answer() {
            return accepted.answer();
        }
    }

    record Refusal(ErrorCode code, String message) implements Greeting {}

    Greeting greet(ClientFrame hello, PeerChannel channel, String clientAddress) {
        try {
            HelloOutcome outcome = hello instanceof SessionHello session
                    ? admission.admit(session, channel, clientAddress)
                    : admission.admit((Hello) hello, channel, clientAddress);
            if (outcome instanceof HelloOutcome.Rejected no) {
                countRejected(no.code());
                return new Refusal(no.code(), no.message());
            }
            return confirmed((HelloOutcome.Accepted) outcome);
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.ERROR, "event=hello_failed", e);
            return new Refusal(ErrorCode.INTERNAL_ERROR, "the hello could not be checked, try again");
        }
    }

    /**
     * The member may have been banned while its hello was checked, perhaps on another node. The database is asked once the
     * peer has its place: whoever bans later finds it there.
     */
    private Greeting confirmed(HelloOutcome.Accepted accepted) {
        Peer peer = accepted.peer();
        boolean confirmed = false;
        try {
            confirmed = members.isActive(peer.meshId(), peer.memberId());
        } finally {
            if (!confirmed) {
                closeReplaced(accepted);
                departure.ended(peer);
            }
        }
        if (confirmed) {
            return new Welcome(accepted);
        }
        countRejected(ErrorCode.REVOKED);
        return new Refusal(
                ErrorCode.REVOKED,
                directory.mesh(peer.meshId()).map(MeshView::farewell).orElse("your access was revoked"));
    }

    void countRejected(ErrorCode code) {
        rejected.increment("reason", code.wire());
    }

    /** After the hello_ack: close what was replaced, tell the others, hand out mail. */
    void announce(Welcome welcome) {
        HelloOutcome.Accepted accepted = welcome.accepted();
        closeReplaced(accepted);
        if (accepted.isNews()) {
            announcer.joined(accepted.peer(), accepted.returning());
        }
        messaging.ready(accepted.peer());
    }

    private void closeReplaced(HelloOutcome.Accepted accepted) {
        if (accepted.earlier() != null) {
            close(accepted.earlier());
        }
        for (Peer old : accepted.replaced()) {
            departure.replaced(old);
            close(old);
        }
    }

    private void close(Peer old) {
        old.channel().close(CloseCode.NORMAL, "session_replaced");
        messaging.gone(old);
    }

    /** The socket is gone: mail waits in the database from now on, also for a peer whose place is kept. */
    void left(Peer peer) {
        boolean kept = departure.keepsPlace(peer);
        messaging.gone(peer);
        if (!kept) {
            departure.ended(peer);
        }
    }
}

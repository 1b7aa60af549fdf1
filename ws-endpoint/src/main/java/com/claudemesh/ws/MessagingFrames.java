package com.claudemesh.ws;

import com.claudemesh.mesh.Permission;
import com.claudemesh.mesh.Requirement;
import com.claudemesh.messaging.MessagingService;
import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.frame.ClientAck;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.Send;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** {@code send}, {@code client_ack}, {@code message_status} and {@code list_dead_letters}. */
@Dependent
public class MessagingFrames implements FrameHandlers {
    private final MessagingService messaging;

    @Inject
    public MessagingFrames(MessagingService messaging) {
        this.messaging = messaging;
    }

    @Override
    public void register(Dispatcher dispatcher) {
        dispatcher.on(Send.class, Permission.SEND, this::send);
        dispatcher.on(ClientAck.class, this::clientAck);
        dispatcher.on(MessageStatus.class, this::status);
        dispatcher.on(ListDeadLetters.class, Requirement.ADMIN, this::deadLetters);
    }

    private Reply send(Send frame, Peer peer) {
        return new Reply.Later(messaging.send(peer, frame));
    }

    private Reply status(MessageStatus frame, Peer peer) {
        return new Reply.Later(messaging.status(peer, frame));
    }

    private Reply deadLetters(ListDeadLetters frame, Peer peer) {
        return new Reply.Later(messaging.deadLetters(peer, frame));
    }

    private Reply clientAck(ClientAck frame, Peer peer) {
        messaging.acknowledge(peer, frame);
        return Reply.Silent.SILENT;
    }
}

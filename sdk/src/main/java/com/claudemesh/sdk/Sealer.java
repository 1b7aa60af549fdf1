package com.claudemesh.sdk;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.crypto.BadKeyException;
import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.fingerprint.RequestFingerprint;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.id.Ids;
import com.claudemesh.sdk.topic.TopicBody;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns messages into frames that can be written any number of times: direct ones encrypted with the session key if
 * there is one, else the member key; all with a client message id. Safe for any thread.
 */
final class Sealer {
    private final DirectMessageCipher cipher;
    private final AtomicLong numbers = new AtomicLong();

    Sealer(DirectMessageCipher cipher) {
        this.cipher = cipher;
    }

    /** @throws MeshException.Invalid for a key that cannot be encrypted to, an oversized text or a bad field */
    Outbound.Message seal(OutgoingMessage message) {
        String id = Long.toString(numbers.incrementAndGet());
        Send frame;
        try {
            frame = frame(id, message, body(message));
        } catch (InvalidFieldException e) {
            throw new MeshException.Invalid(e.field(), e.getMessage());
        }
        if (frame.sizeChars() > Limits.MAX_FRAME_BYTES / 2) {
            throw new MeshException.Invalid("text", "text: is too long for one frame");
        }
        return new Outbound.Message(id, FrameCodec.encode(frame));
    }

    private Sealed body(OutgoingMessage message) {
        if (message.body() != null) {
            return new Sealed(message.body().nonce(), message.body().ciphertext());
        }
        if (!DirectMessage.isDirectTarget(message.targetSpec())) {
            return PlaintextBody.encode(message.text());
        }
        try {
            return cipher.encrypt(message.text(), message.targetSpec());
        } catch (BadKeyException e) {
            throw new MeshException.Invalid("targetSpec", "targetSpec: " + e.getMessage());
        }
    }

    private static Send frame(String id, OutgoingMessage message, Sealed body) {
        String chosen = message.clientMessageId();
        TopicBody post = message.body();
        return new Send(
                message.targetSpec(),
                message.priority(),
                body.nonce(),
                body.ciphertext(),
                id,
                chosen == null ? Ids.next() : chosen,
                chosen == null || post != null ? null : fingerprint(message),
                message.mentions().isEmpty() ? null : message.mentions(),
                message.replyToId(),
                post == null ? null : post.bodyVersion(),
                post == null ? null : post.keyEpoch());
    }

    /**
     * Only an id that the caller chose can be used for two different messages. Never made of a post under a topic's key:
     * whoever guesses its text could check the guess.
     */
    private static String fingerprint(OutgoingMessage message) {
        return new RequestFingerprint(
                        RequestFingerprint.Destination.parse(message.targetSpec()),
                        message.replyToId(),
                        message.priority().wire(),
                        null,
                        message.text())
                .hex();
    }
}

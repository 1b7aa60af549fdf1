package com.claudemesh.sdk.topic;

import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicMessage;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a topic post says, as it travels.
 *
 * @param bodyVersion 1 for plain text in Base64, 2 for text under the topic's key
 * @param keyEpoch generation of the key; null for version 1, and for the first generation when a writer leaves it out
 * @param nonce Base64
 * @param ciphertext Base64
 */
public record TopicBody(int bodyVersion, @Nullable Integer keyEpoch, String nonce, String ciphertext) {
    private static final int FIRST_EPOCH = 1;

    /** What opening came to. */
    public sealed interface Opened {
        record Text(String text, boolean encrypted) implements Opened {}

        /** Not an error: a member who holds the key has yet to share it. */
        record KeyMissing(int epoch) implements Opened {}

        /** Made with a key that this member will not get: it is older than the member's first, or was refused. */
        record OutOfReach(int epoch, String reason) implements Opened {}

        /** Altered, made with another key, or of a version that is not known here. */
        record Unreadable() implements Opened {}
    }

    /** A body that the server and everybody in the mesh can read. */
    public static TopicBody plain(String text) {
        return of(PlaintextBody.BODY_VERSION, null, PlaintextBody.encode(text));
    }

    public static TopicBody encrypted(String text, TopicKey key) {
        return of(TopicMessage.BODY_VERSION, key.epoch(), TopicMessage.encrypt(text, key.key()));
    }

    private static TopicBody of(int version, @Nullable Integer epoch, Sealed sealed) {
        return new TopicBody(version, epoch, sealed.nonce(), sealed.ciphertext());
    }

    public boolean needsKey() {
        return bodyVersion >= TopicMessage.BODY_VERSION;
    }

    /** The generation of the key that it needs; meaningless for version 1. */
    public int epoch() {
        return keyEpoch == null ? FIRST_EPOCH : keyEpoch;
    }

    /** @param keys the key of an epoch, empty when it is not held */
    public Opened open(IntFunction<Optional<TopicKey>> keys) {
        if (!needsKey()) {
            return text(PlaintextBody.decode(ciphertext), false);
        }
        if (bodyVersion > TopicMessage.BODY_VERSION) {
            return new Opened.Unreadable();
        }
        Optional<TopicKey> key = keys.apply(epoch());
        return key.isEmpty()
                ? new Opened.KeyMissing(epoch())
                : text(
                        TopicMessage.decrypt(
                                new Sealed(nonce, ciphertext), key.get().key()),
                        true);
    }

    private static Opened text(Optional<String> text, boolean encrypted) {
        return text.<Opened>map(value -> new Opened.Text(value, encrypted)).orElseGet(Opened.Unreadable::new);
    }
}

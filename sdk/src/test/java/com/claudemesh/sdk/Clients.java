package com.claudemesh.sdk;

import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes clients for tests, and what they exchange. */
final class Clients {
    static final SigningKeyPair OWN = SigningKeyPair.fromSeed(seed(1));
    static final SigningKeyPair OTHER = SigningKeyPair.fromSeed(seed(2));
    static final String MESH = "mesh1";
    /** Ends of sockets are noticed soon. */
    static final Timings TIMINGS = new Timings(10_000, 10_000, 30_000, 75_000, 20, 2_000);

    private Clients() {}

    static byte[] seed(int value) {
        byte[] seed = new byte[SigningKeyPair.SEED_BYTES];
        seed[0] = (byte) value;
        return seed;
    }

    /** A client that reconnects at once. */
    static MeshClient.Builder of(TestBroker broker) {
        return of(broker.url());
    }

    static MeshClient.Builder of(URI url) {
        MeshIdentity identity = new MeshIdentity(MESH, "member1", OWN.publicHex(), OWN.secretHex(), url);
        return MeshClient.builder(identity)
                .displayName("tester")
                .timings(TIMINGS)
                .backoff(() -> new Backoff(() -> 0L))
                .sendTimeout(Duration.ofSeconds(TestBroker.PATIENCE_SECONDS));
    }

    static OutgoingMessage message(String text) {
        return new OutgoingMessage(OTHER.publicHex(), text, Priority.NOW, null);
    }

    static OutgoingMessage broadcast(String text) {
        return new OutgoingMessage("*", text, Priority.NEXT, null);
    }

    /** A direct message from {@link #OTHER} to a key. */
    static Push direct(String messageId, String text, SigningKeyPair recipient) {
        Sealed body = DirectMessage.encrypt(text, recipient.publicHex(), OTHER.secretHex());
        return push(messageId, body, recipient.publicHex(), null);
    }

    static Push plain(String messageId, String text) {
        return push(messageId, PlaintextBody.encode(text), "*", null);
    }

    static Push push(String messageId, Sealed body, String target, String clientMessageId) {
        return new Push(
                messageId,
                MESH,
                OTHER.publicHex(),
                Priority.NOW,
                body.nonce(),
                body.ciphertext(),
                "2026-01-01T00:00:00.000Z",
                null,
                null,
                null,
                OTHER.publicHex(),
                "member2",
                "other",
                target,
                null,
                null,
                clientMessageId,
                null,
                null);
    }

    static <T> T get(CompletableFuture<T> future) throws InterruptedException, TimeoutException {
        try {
            return future.get(TestBroker.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed", e.getCause());
        }
    }

    /** What a future failed with. */
    static Throwable failure(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
        try {
            Object result = future.get(TestBroker.PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("did not fail but returned " + result);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}

package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A plain WebSocket that speaks JSON, without any of our client code: what goes out is what the test says. */
public final class RawPeer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How the server ended the connection. */
    public record Closed(int code, String reason) {}

    private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
    private final List<JsonNode> skipped = new ArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private RawPeer(URI url, Map<String, String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        socket = builder.buildAsync(url, new Listener()).join();
    }

    public static RawPeer open(Server server) {
        return open(server, Map.of());
    }

    /** @param headers of the handshake, on top of those that it needs */
    public static RawPeer open(Server server, Map<String, String> headers) {
        return new RawPeer(server.webSocketUrl(), headers);
    }

    /** Opens a socket and says the given hello; the first frame must be the {@code hello_ack}. */
    public static RawPeer connect(Server server, ObjectNode hello) {
        RawPeer peer = open(server);
        peer.send(hello);
        JsonNode first = peer.next();
        if (!first.path("type").asText().equals("hello_ack")) {
            throw new AssertionError("expected hello_ack, got " + first);
        }
        return peer;
    }

    public static RawPeer connect(Server server, TestMember member) {
        return connect(server, member.hello());
    }

    public void send(JsonNode frame) {
        sendText(frame.toString());
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next frame, whatever it is. */
    public JsonNode next() {
        try {
            JsonNode frame = inbox.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (frame == null) {
                throw new AssertionError("no frame within " + PATIENCE + "; closed: " + closed.getNow(null));
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The next frame that fits; others are set aside. */
    public JsonNode next(Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode frame = next();
            if (wanted.test(frame)) {
                return frame;
            }
            skipped.add(frame);
        }
        throw new AssertionError("not among the frames that came: " + skipped);
    }

    public JsonNode next(String type) {
        return next(frame -> frame.path("type").asText().equals(type));
    }

    /** The next push that is a message, not a system event. */
    public JsonNode nextMessage() {
        return next(frame -> frame.path("type").asText().equals("push") && !frame.has("event"));
    }

    /** The next push of this system event. */
    public JsonNode nextEvent(String event) {
        return next(frame -> frame.path("event").asText().equals(event));
    }

    /** Sends a frame with a request id and returns the frame that echoes it. */
    public JsonNode request(ObjectNode frame) {
        String id = Long.toHexString(System.nanoTime());
        frame.put("_reqId", id);
        send(frame);
        return next(reply -> reply.path("_reqId").asText().equals(id));
    }

    /** Sends a message and returns its acknowledgement. */
    public JsonNode sendMessage(String target, String ciphertext) {
        String id = Long.toHexString(System.nanoTime());
        send(message(target, ciphertext).put("id", id));
        return next(reply -> reply.path("type").asText().equals("ack")
                && reply.path("id").asText().equals(id));
    }

    public static ObjectNode message(String target, String ciphertext) {
        return frame("send")
                .put("targetSpec", target)
                .put("priority", "now")
                .put("nonce", "")
                .put("ciphertext", ciphertext);
    }

    public static ObjectNode frame(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    /** All frames that arrived up to the answer of a request made now. */
    public List<JsonNode> everythingSoFar() {
        List<JsonNode> before = new ArrayList<>(skipped);
        skipped.clear();
        request(frame("list_peers"));
        before.addAll(skipped);
        skipped.clear();
        return before;
    }

    public Closed awaitClose() {
        try {
            return closed.get(PATIENCE.toMillis() * 3, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("the server did not close the connection", e);
        }
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        if (isOpen()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .exceptionally(failure -> null)
                    .join();
        }
    }

    /** Drops the connection without a farewell. */
    public void abort() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    inbox.add(Json.mapper().readTree(partial.toString()));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException("the server sent no JSON: " + partial, e);
                } finally {
                    partial.setLength(0);
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(new Closed(1006, String.valueOf(error)));
        }
    }
}

package com.claudemesh.bench.gauntlet.fault;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import com.claudemesh.bench.raw.RawPeer;
import com.claudemesh.bench.raw.RawSocket;
import com.claudemesh.bench.raw.WebSocketFrame;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One hello with a clock that is off, and the first answer to it. */
final class HelloProbe implements RawSocket.Handler {
    private final String hello;
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private HelloProbe(String hello) {
        this.hello = hello;
    }

    /** The type of the first frame, or the code of the first error; blocking. The connection is dropped afterwards. */
    static String answer(EventLoop loop, InetSocketAddress address, ProvisionedMesh mesh, Duration offset)
            throws Exception {
        long now = System.currentTimeMillis() + offset.toMillis();
        HelloProbe probe = new HelloProbe(
                RawPeer.hello(mesh.meshId(), mesh.members().get(0), now).toString());
        RawSocket socket = loop.connect(address, "/ws", probe);
        try {
            return probe.answer.get(20, TimeUnit.SECONDS);
        } finally {
            loop.execute(() -> socket.drop("answered"));
        }
    }

    @Override
    public void opened(RawSocket socket) {
        socket.send(WebSocketFrame.text(hello));
    }

    @Override
    public void text(RawSocket socket, byte[] bytes, int offset, int length) {
        try {
            JsonNode frame = Json.mapper().readTree(new String(bytes, offset, length, StandardCharsets.UTF_8));
            String type = frame.path("type").asText();
            answer.complete(type.equals("error") ? frame.path("code").asText() : type);
        } catch (JsonProcessingException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void closed(RawSocket socket, int code, String reason) {
        answer.completeExceptionally(new IllegalStateException("closed before an answer: " + code + " " + reason));
    }
}

package com.claudemesh.presence;

import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A channel that keeps what it is offered. */
final class RecordingChannel implements PeerChannel {
    private final List<String> offered = new CopyOnWriteArrayList<>();
    private volatile @Nullable String closedWith;

    /** The names of the system events that arrived, in order. */
    List<String> events() {
        return offered.stream()
                .map(text -> json(text).path("event").asText())
                .filter(event -> !event.isEmpty())
                .toList();
    }

    JsonNode last() {
        return json(offered.get(offered.size() - 1));
    }

    @Nullable
    String closedWith() {
        return closedWith;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Override
    public void offer(Outbound frame) {
        offered.add(frame.text());
        frame.written().done(true);
    }

    @Override
    public long queuedChars() {
        return 0;
    }

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public void whenUncongested(Runnable action) {
        action.run();
    }

    @Override
    public void close(CloseCode code, String reason) {
        closedWith = code.code() + " " + reason;
    }

    @Override
    public void abort(CloseCode code, String reason) {
        close(code, reason);
    }
}

package com.claudemesh.web.v1.stream;

import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.topic.TopicPost;
import com.claudemesh.topic.TopicView;
import com.claudemesh.web.v1.MessageRow;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as they go over the connection. A post is encoded once for all readers of its topic. Safe for any thread. */
final class SseEvents {
    private static final int MAX_CACHED = 64;

    private final Map<String, byte[]> encoded = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MAX_CACHED;
        }
    };

    byte[] message(TopicPost post) {
        synchronized (encoded) {
            byte[] known = encoded.get(post.id());
            if (known == null) {
                known = event("message", json(MessageRow.of(post)), post.id());
                encoded.put(post.id(), known);
            }
            return known;
        }
    }

    /**
     * The first event of a stream.
     *
     * @param lastEventId where a reader goes on that reconnects before anything was posted
     * @param resumed whether the stream goes on where the reader asked it to
     */
    static byte[] ready(TopicView topic, Instant now, String lastEventId, boolean resumed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", topic.name());
        data.put("topicId", topic.id());
        data.put("connectedAt", WireTime.text(now));
        data.put("resumed", resumed);
        return event("ready", json(data), lastEventId);
    }

    static byte[] heartbeat(Instant now) {
        return bytes("event: heartbeat\ndata: " + now.toEpochMilli() + "\n\n");
    }

    /** @param reason why the stream ends: a word of ours */
    static byte[] end(String reason) {
        return bytes("event: end\ndata: {\"reason\":\"" + reason + "\"}\n\n");
    }

    private static byte[] event(String name, String data, String id) {
        return bytes("event: " + name + "\ndata: " + data + "\nid: " + id + "\n\n");
    }

    private static String json(Object data) {
        try {
            return Json.mapper().writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

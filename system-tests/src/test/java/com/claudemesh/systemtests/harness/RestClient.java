package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** The REST interface with one API key, as a script uses it. */
public record RestClient(Server server, String id, String secret) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer with its JSON. */
    public record Answer(HttpResponse<String> response, JsonNode json) {
        public int status() {
            return response.statusCode();
        }

        /** {@code code} of an envelope, else {@code error}. */
        public String error() {
            return json.path(json.has("code") ? "code" : "error").asText();
        }
    }

    /** Makes a key in the name of a connected peer's member. */
    public static RestClient made(Server server, RawPeer issuer, List<String> capabilities, List<String> topics) {
        ObjectNode frame = RawPeer.frame("apikey_create")
                .put("label", "test")
                .put("expiresAt", Instant.now().plusSeconds(600).toString());
        capabilities.forEach(frame.putArray("capabilities")::add);
        if (topics != null) {
            topics.forEach(frame.putArray("topicScopes")::add);
        }
        JsonNode made = issuer.request(frame);
        if (!made.path("type").asText().equals("apikey_created")) {
            throw new AssertionError("no key: " + made);
        }
        return new RestClient(
                server, made.path("id").asText(), made.path("secret").asText());
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer post(String path, Object body, String... headers) {
        return call("POST", path, text(body), headers);
    }

    public Answer patch(String path) {
        return call("PATCH", path, "{}");
    }

    public Answer call(String method, String path, String body, String... headers) {
        try {
            return tryCall(method, path, body, headers);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** @throws IOException when there is no answer */
    private Answer tryCall(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.httpBase().resolve("/api/v1" + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        request.setHeader("Authorization", "Bearer " + secret);
        request.setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(
                    response,
                    json
                            ? Json.mapper().readTree(response.body())
                            : Json.mapper().createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Posts a plain text and returns the message id. */
    public String says(String topic, String text, String... headers) {
        Answer answer = post("/messages", message(topic, text), headers);
        if (answer.status() != 200) {
            throw new AssertionError("not posted: " + answer.response().body());
        }
        return answer.json().path("messageId").asText();
    }

    /** Posts until it is answered, as a script does that tries again with the same key, and returns the message id. */
    public String saysOnce(ObjectNode message) {
        String idempotencyKey = UUID.randomUUID().toString();
        return Waiting.until("an answer to " + message, Duration.ofSeconds(90), () -> {
            Answer answer = tryCall("POST", "/messages", message.toString(), "Idempotency-Key", idempotencyKey);
            if (answer.status() == 200) {
                return answer.json().path("messageId").asText();
            }
            String retryAfter =
                    answer.response().headers().firstValue("Retry-After").orElse("1");
            LockSupport.parkNanos(Duration.ofSeconds(Long.parseLong(retryAfter)).toNanos());
            throw new IOException(answer.status() + " " + answer.response().body());
        });
    }

    public static ObjectNode message(String topic, String text) {
        return Json.mapper()
                .createObjectNode()
                .put("topic", topic)
                .put("nonce", Base64.getEncoder().encodeToString(new byte[24]))
                .put("ciphertext", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param lastEventId null for none */
    public SseReader stream(String topic, String lastEventId) {
        return SseReader.open(streamOf(topic), secret, lastEventId);
    }

    SseReader tryStream(String topic, String lastEventId) throws IOException {
        return SseReader.tryOpen(streamOf(topic), secret, lastEventId);
    }

    private URI streamOf(String topic) {
        return server.httpBase().resolve("/api/v1/topics/" + encoded(topic) + "/stream");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(Object body) {
        return body instanceof String text ? text : body.toString();
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "RestClient[" + id + "]";
    }
}

package com.claudemesh.bench.server;

import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The server's HTTP interface as the operator uses it. Blocking; safe for any thread. */
public final class ServerApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String operatorToken;

    /** @param base {@code http://host:port}; a WebSocket address of the same server is understood too */
    public ServerApi(URI base, String operatorToken) {
        String text = base.toString().replaceFirst("^ws", "http").replaceFirst("/(ws)?$", "");
        this.base = URI.create(text);
        this.operatorToken = operatorToken;
    }

    public URI webSocketUrl() {
        return URI.create(base.toString().replaceFirst("^http", "ws") + "/ws");
    }

    public JsonNode createMesh(String name, String publicKey) throws IOException, InterruptedException {
        return post("/cli/mesh/create", object().put("name", name).put("pubkey", publicKey));
    }

    /** The signed v1 token of a new invitation. */
    public String invite(String slug, int maxUses) throws IOException, InterruptedException {
        JsonNode invite = post(
                "/cli/mesh/" + slug + "/invite",
                object().put("role", "member").put("max_uses", maxUses).put("expires_in", "24h"));
        JsonNode resolved = exchange(
                request("/api/public/invite-code/" + invite.path("code").asText())
                        .GET()
                        .build());
        return resolved.path("token").asText();
    }

    /** The new member's id. */
    public String join(String token, String publicKey, String displayName) throws IOException, InterruptedException {
        ObjectNode body = object().put("invite_token", token);
        body.set(
                "invite_payload",
                Json.mapper().readTree(InviteV1.parseToken(token).json()));
        JsonNode answer = post("/join", body.put("peer_pubkey", publicKey).put("display_name", displayName));
        return answer.path("memberId").asText();
    }

    private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.mapper().writeValueAsString(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + operatorToken);
    }

    private JsonNode exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    request.uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
        }
        return Json.mapper().readTree(response.body());
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}

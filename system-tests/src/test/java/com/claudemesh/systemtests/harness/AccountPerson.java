package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody with an account: a browser that is signed in, and a token for the command line. */
public record AccountPerson(Server server, String email, Browser browser, String token) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A new ordinary account. */
    public static AccountPerson signedUp(SignInServer place) throws IOException {
        String email = place.newPerson();
        Browser browser = place.signedIn(email);
        String token = Browser.json(browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"test\",\"days\":7}"))
                .path("token")
                .asText();
        return new AccountPerson(place.server(), email, browser, token);
    }

    /** A request with the token. */
    public HttpResponse<String> call(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + token));
        return anonymously(server, method, path, body, all.toArray(String[]::new));
    }

    /** A request of somebody who has no token. */
    public static HttpResponse<String> anonymously(
            Server server, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.httpBase().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What an accepted request answers. */
    public JsonNode asks(String method, String path, String body) {
        HttpResponse<String> answer = call(method, path, body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Browser.json(answer);
    }

    /** Makes a mesh with a new key, as {@code claudemesh create} does. */
    public JsonNode createsMesh(String name) {
        return createsMesh(name, SigningKeyPair.generate());
    }

    public JsonNode createsMesh(String name, SigningKeyPair key) {
        return asks(
                "POST",
                "/cli/mesh/create",
                Json.mapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("pubkey", key.publicHex())
                        .toString());
    }

    /** Invites into a mesh, as {@code claudemesh share} does. */
    public JsonNode invites(JsonNode mesh, String body) {
        return asks("POST", "/cli/mesh/" + mesh.path("slug").asText() + "/invite", body);
    }
}

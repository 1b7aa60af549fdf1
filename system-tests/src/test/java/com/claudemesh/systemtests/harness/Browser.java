package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does with pages and forms: keeps cookies, names its origin with posts, sends hidden fields along. */
public final class Browser {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Server server;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public Browser(Server server) {
        this.server = server;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Opens the page, fills in its form and posts it to {@code action}. */
    public HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("csrf", formToken(get(page)));
        return post(action, all, origin());
    }

    /** Posts fields as they are. */
    public HttpResponse<String> post(String action, Map<String, String> fields, String origin) {
        String form = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** A script of our own page: JSON, and the token of {@code /api/auth/session}. */
    public HttpResponse<String> callJson(String method, String path, String body) {
        String token = json(get("/api/auth/session")).path("csrf").asText();
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Origin", origin())
                .header("X-CSRF-Token", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The same without the token, as a foreign page would make the browser do it. */
    public HttpResponse<String> callForged(String path, String contentType, String body, String origin) {
        return send(request(path)
                .header("Content-Type", contentType)
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public String origin() {
        return server.httpBase().toString();
    }

    public HttpResponse<String> signIn(String email, String password) {
        return submit("/auth/login", "/auth/login", Map.of("email", email, "password", password, "return", "/account"));
    }

    /** Whether the account page shows an account. */
    public boolean isSignedIn() {
        return get("/account").statusCode() == 200;
    }

    public static String formToken(HttpResponse<String> page) {
        Matcher match = FORM_TOKEN.matcher(page.body());
        if (!match.find()) {
            throw new AssertionError("no form on the page: " + page.statusCode() + " " + page.body());
        }
        return match.group(1);
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }

    private HttpRequest.Builder request(String path) {
        URI uri = path.startsWith("http") ? URI.create(path) : server.httpBase().resolve(path);
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("User-Agent", "TestBrowser/1.0");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

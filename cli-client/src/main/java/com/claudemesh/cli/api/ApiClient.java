package com.claudemesh.cli.api;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.net.HttpClients;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to one server, with or without a bearer token. Blocking; used by one thread. */
public final class ApiClient {
    public static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final String USER_AGENT = "claudemesh-cli/1.0";

    private final String base;
    private final @Nullable String token;
    private final Duration timeout;
    private final HttpClient http;
    private final @Nullable MemberProof member;

    /**
     * @param base {@code scheme://host[:port]}, optionally with a path, without a slash at the end
     * @param token bearer token; null for what needs none
     */
    public ApiClient(String base, @Nullable String token, Duration timeout) {
        this(base, token, timeout, HttpClients.forAddress(base, timeout), null);
    }

    private ApiClient(
            String base, @Nullable String token, Duration timeout, HttpClient http, @Nullable MemberProof member) {
        this.base = base;
        this.token = token;
        this.timeout = timeout;
        this.http = http;
        this.member = member;
    }

    /** The same client, which also proves for which member of a mesh it asks. */
    public ApiClient speakingFor(MemberProof proof) {
        return new ApiClient(base, token, timeout, http, proof);
    }

    /** The same client with another token. */
    public ApiClient withToken(String other) {
        return new ApiClient(base, other, timeout, http, member);
    }

    /** A text as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws CliException exit code 4 when there is no answer in time; any answer is an answer */
    public ApiAnswer get(String path) {
        return exchange("GET", path, null);
    }

    public ApiAnswer post(String path, JsonNode body) {
        return exchange("POST", path, body);
    }

    public ApiAnswer patch(String path, JsonNode body) {
        return exchange("PATCH", path, body);
    }

    public ApiAnswer delete(String path) {
        return exchange("DELETE", path, null);
    }

    /**
     * Opens a stream of events, whose body goes on for as long as both sides want.
     *
     * @param lastEventId of the last event that was seen; null for what comes from now on
     * @throws CliException exit code 4 when there is no answer in time
     */
    public HttpResponse<InputStream> events(String path, @Nullable String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(timeout)
                .header("Accept", "text/event-stream")
                .header("User-Agent", USER_AGENT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private ApiAnswer exchange(String method, String path, @Nullable JsonNode body) {
        HttpResponse<String> response = send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
        return answer(response, response.body());
    }

    /** What a response means whose body has been read. */
    public static ApiAnswer answer(HttpResponse<?> response, String body) {
        return new ApiAnswer(
                response.statusCode(),
                JsonReader.read(body).orElse(null),
                response.headers().firstValue("Retry-After").flatMap(ApiClient::seconds));
    }

    private <B> HttpResponse<B> send(HttpRequest request, HttpResponse.BodyHandler<B> body) {
        try {
            return http.send(request, body);
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.NETWORK_ERROR,
                    "network_error",
                    "can't reach " + Output.safe(base),
                    "is the server running and the address right? claudemesh doctor");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "cancelled", "interrupted", "");
        }
    }

    private HttpRequest request(String method, String path, @Nullable JsonNode body) {
        URI uri = uri(path);
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("User-Agent", USER_AGENT);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (member != null) {
            member.sign(request, method, uri.getRawPath(), bytes);
        }
        return request.method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
    }

    private URI uri(String path) {
        CliException malformed = CliException.invalid("\"" + Output.safe(base) + "\" is no address of a server");
        try {
            URI uri = new URI(base + path);
            if (uri.getHost() == null
                    || uri.getScheme() == null
                    || !uri.getScheme().matches("https?")) {
                throw malformed;
            }
            return uri;
        } catch (URISyntaxException unreadable) {
            throw malformed;
        }
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("[0-9]{1,6}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}

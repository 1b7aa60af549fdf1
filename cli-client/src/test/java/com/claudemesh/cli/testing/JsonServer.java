package com.claudemesh.cli.testing;

import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP server on loopback that speaks JSON and keeps what it was asked. Unknown routes answer as the real one does. */
public class JsonServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread made = new Thread(work, "json-server");
        made.setDaemon(true);
        return made;
    });
    private final List<Route> routes = new ArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /**
     * @param segments what the groups of the route's pattern matched, decoded
     * @param text the body as it came
     * @param headers the first value of each, by name in lower case
     */
    public record Request(
            String method,
            String path,
            List<String> segments,
            String query,
            JsonNode body,
            String text,
            Map<String, String> headers) {
        public String authorization() {
            return header("authorization");
        }

        /** @param name in lower case */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** @param body null for the text {@code not found} */
    public record Reply(int status, JsonNode body) {
        public static Reply ok(JsonNode body) {
            return new Reply(200, body);
        }

        public static Reply error(int status, String error) {
            return new Reply(status, Output.object().put("error", error));
        }
    }

    private record Route(String method, Pattern path, Function<Request, Reply> handler) {}

    public JsonServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        http.createContext("/", this::answer);
        http.setExecutor(threads);
        http.start();
    }

    /** Answers requests to paths that begin like this in a way that is no JSON. */
    protected final void raw(String pathPrefix, HttpHandler handler) {
        http.createContext(pathPrefix, handler);
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** As memberships name it. */
    public String brokerUrl() {
        return "ws://127.0.0.1:" + http.getAddress().getPort() + "/ws";
    }

    /** A later route for the same requests replaces an earlier one. */
    public final void on(String method, String path, Function<Request, Reply> handler) {
        routes.add(0, new Route(method, Pattern.compile(path), handler));
    }

    public List<Request> requests() {
        return requests;
    }

    /** Bodies of the requests to this path, in order. */
    public List<JsonNode> bodiesTo(String path) {
        return requests.stream()
                .filter(request -> request.path().equals(path))
                .map(Request::body)
                .toList();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode body = JsonReader.read(text).orElseGet(Output::object);
        Reply reply = find(exchange, text, body);
        byte[] bytes = reply.body() == null
                ? "not found".getBytes(StandardCharsets.UTF_8)
                : reply.body().toString().getBytes(StandardCharsets.UTF_8);
        if (reply.body() != null) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Reply find(HttpExchange exchange, String text, JsonNode body) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        for (Route route : routes) {
            Matcher match = route.path().matcher(path);
            if (route.method().equals(method) && match.matches()) {
                Request request = request(exchange, path, match, text, body);
                requests.add(request);
                return route.handler().apply(request);
            }
        }
        return new Reply(404, null);
    }

    private static Request request(HttpExchange exchange, String path, Matcher match, String text, JsonNode body) {
        List<String> segments = new ArrayList<>();
        for (int group = 1; group <= match.groupCount(); group++) {
            segments.add(URLDecoder.decode(match.group(group), StandardCharsets.UTF_8));
        }
        String query = exchange.getRequestURI().getQuery();
        return new Request(
                exchange.getRequestMethod(), path, segments, query == null ? "" : query, body, text, headers(exchange));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    protected static ObjectNode object() {
        return Output.object();
    }
}

package com.claudemesh.cli.mesh;

import com.claudemesh.cli.CliException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits on a loopback port for the browser to bring one token. A page that does not name the pairing code of the terminal
 * brings nothing.
 */
final class SyncListener implements AutoCloseable {
    private static final String DONE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>claudemesh</title>
            <p>Your meshes are on their way. Return to your terminal.</p></html>
            """;

    private final HttpServer http;
    private final String appOrigin;
    private final String pairingCode;
    private final AtomicReference<String> token = new AtomicReference<>();

    SyncListener(String appOrigin, String pairingCode) {
        this.appOrigin = appOrigin;
        this.pairingCode = pairingCode;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw CliException.io("can't listen on this machine: " + failed.getMessage());
        }
        http.createContext("/", this::answer);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    Optional<String> token() {
        return Optional.ofNullable(token.get());
    }

    @Override
    public void close() {
        http.stop(1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", appOrigin);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "GET");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Content-Type");
            exchange.sendResponseHeaders(204, -1);
        } else if (path.equals("/ping") && isGet(exchange)) {
            send(exchange, 200, "text/plain", "ok");
        } else if (path.equals("/callback") && isGet(exchange)) {
            callback(exchange);
        } else {
            send(exchange, 404, "text/plain", "not found");
        }
        exchange.close();
    }

    private void callback(HttpExchange exchange) throws IOException {
        Optional<String> brought = parameter(exchange, "token").filter(text -> !text.isBlank());
        boolean paired = parameter(exchange, "state")
                .or(() -> parameter(exchange, "code"))
                .filter(pairingCode::equals)
                .isPresent();
        if (brought.isPresent() && paired && token.compareAndSet(null, brought.get())) {
            send(exchange, 200, "text/html; charset=utf-8", DONE);
        } else {
            send(exchange, 400, "text/plain", "Missing token");
        }
    }

    private static boolean isGet(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET");
    }

    private static Optional<String> parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        return Arrays.stream((query == null ? "" : query).split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

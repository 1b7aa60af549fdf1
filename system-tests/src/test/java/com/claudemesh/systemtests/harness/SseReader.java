package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads Server-Sent Events. */
public final class SseReader implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE_SECONDS = 20;

    /** One event. */
    public record Event(String name, String data, String id) {
        public JsonNode json() {
            try {
                return Json.mapper().readTree(data);
            } catch (JsonProcessingException e) {
                throw new AssertionError(data, e);
            }
        }
    }

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private SseReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread thread = new Thread(this::read, "sse-reader");
        thread.setDaemon(true);
        thread.start();
    }

    static SseReader open(URI address, String secret, String lastEventId) {
        try {
            return tryOpen(address, secret, lastEventId);
        } catch (IOException e) {
            throw new AssertionError("no stream", e);
        }
    }

    /** @throws IOException when there is no answer */
    static SseReader tryOpen(URI address, String secret, String lastEventId) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + secret);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            return new SseReader(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String data = "";
            String id = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.isEmpty()) {
                    events.add(new Event(name, data, id));
                    name = "";
                    data = "";
                    id = "";
                }
            }
        } catch (IOException e) {
            events.add(new Event("broken", e.toString(), ""));
        } finally {
            over.countDown();
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next event of that name; heartbeats and others are passed over. */
    public Event next(String name) {
        List<Event> passed = new ArrayList<>();
        try {
            for (Event event = poll(); event != null; event = poll()) {
                if (event.name().equals(name)) {
                    return event;
                }
                passed.add(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no event " + name + ", but " + passed);
    }

    private Event poll() throws InterruptedException {
        return events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Hands on every event until the stream ends. */
    public void each(Consumer<Event> sink) throws InterruptedException {
        while (over.getCount() > 0 || !events.isEmpty()) {
            Event event = events.poll(100, TimeUnit.MILLISECONDS);
            if (event != null) {
                sink.accept(event);
            }
        }
    }

    /** Ids of the next messages. */
    public List<String> nextMessages(int count) {
        List<String> ids = new ArrayList<>();
        while (ids.size() < count) {
            ids.add(next("message").id());
        }
        return ids;
    }

    /** Waits for the server to end the stream. */
    public void awaitEnd() {
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not end the stream");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError("not closed", e);
        }
    }
}

package com.claudemesh.bench.stream;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Flow;

/** One reader: counts events and how old they are. */
final class EventReader implements Flow.Subscriber<String> {
    private final StreamsRun.Tally tally;
    private String name = "";

    EventReader(StreamsRun.Tally tally) {
        this.tally = tally;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("event: ")) {
            name = line.substring("event: ".length());
            if (name.equals("ready")) {
                tally.ready.countDown();
            }
        } else if (line.startsWith("data: ") && name.equals("message")) {
            arrived(line.substring("data: ".length()));
        }
    }

    private void arrived(String json) {
        long now = System.nanoTime();
        try {
            String text = Json.mapper().readTree(json).path("ciphertext").asText();
            long due = Long.parseLong(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
            tally.delivery.add(now - due);
            tally.delivered.incrementAndGet();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event without JSON: " + json, e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        System.err.println("a stream broke: " + failure);
    }

    @Override
    public void onComplete() {
        // The run ends before its streams do, unless the server ends one: then posts are missing.
    }
}

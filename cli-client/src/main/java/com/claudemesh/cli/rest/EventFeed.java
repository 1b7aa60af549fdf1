package com.claudemesh.cli.rest;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.sdk.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream, for as long as somebody wants them: it comes back after a restart of the server, a broken
 * connection or the end of its key, and goes on behind the last event that it has seen. It ends for good when the server
 * refuses. What happens is put into a queue; when nobody takes from it, nothing more is read.
 *
 * <p>For a server that has been asked for something else before: one that offers no streams at all is waited for.
 */
public final class EventFeed implements AutoCloseable {
    /** Stands for the place before the first event. */
    public static final String BEFORE_ALL = "0";

    /** A live stream has a heartbeat every 30 seconds. */
    static final Duration SILENCE = Duration.ofSeconds(75);

    /** A server that listens is ready within seconds. */
    private static final long START_UP_MILLIS = 2_000;

    private static final int MAX_REFUSAL_BYTES = 64 * 1024;
    private static final Set<Integer> FINAL = Set.of(
            ExitCode.AUTHENTICATION_FAILED, ExitCode.INVALID_ARGUMENTS, ExitCode.NOT_FOUND, ExitCode.PERMISSION_DENIED);

    private final RestSession rest;
    private final String path;
    private final Clock clock;
    private final BlockingQueue<Signal> signals;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable String lastEventId;
    private volatile long lastAliveNanos;
    private @Nullable InputStream body;
    private int keyRefusals;

    /** What the feed has to say. */
    public sealed interface Signal {
        record Arrived(ServerEvent event) implements Signal {}

        record Retrying(String reason, long waitMillis) implements Signal {}

        /** There will be nothing more. */
        record Ended(CliException reason) implements Signal {}

        /** For the owner of the queue to wake itself up with. */
        record Stop() implements Signal {}
    }

    /**
     * @param path behind {@code /api/v1}
     * @param lastEventId the feed begins behind it; null for now
     */
    public EventFeed(
            RestSession rest, String path, @Nullable String lastEventId, Clock clock, BlockingQueue<Signal> signals) {
        this.rest = rest;
        this.path = path;
        this.lastEventId = lastEventId;
        this.clock = clock;
        this.signals = signals;
    }

    public void start() {
        Thread reader = new Thread(this::run, "event-feed");
        reader.setDaemon(true);
        reader.start();
    }

    /** Sets where to go on after the next break, for events that came by another way. */
    public void seen(String eventId) {
        lastEventId = eventId;
    }

    /** Breaks the connection when it is silent for too long or its key is about to end. To be called now and then. */
    public void refresh() {
        boolean silent = System.nanoTime() - lastAliveNanos > SILENCE.toNanos();
        if (silent || !clock.instant().isBefore(rest.keyRenewedAt())) {
            hangUp();
        }
    }

    /** Whether the server has refused for good; anything else may pass. */
    public static boolean isFinal(CliException failed) {
        return FINAL.contains(failed.exitCode());
    }

    /** Breaks the connection; the next one begins behind the last event that was read, or {@link #seen}. */
    public void reconnect() {
        hangUp();
    }

    @Override
    public void close() {
        closed.countDown();
        hangUp();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                attempt();
            }
        } catch (CliException refused) {
            tell(new Signal.Ended(refused));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = rest.events(path, lastEventId);
        } catch (CliException failed) {
            if (isFinal(failed)) {
                throw failed;
            }
            waitBeforeRetry(failed.getMessage(), backoff.nextMillis());
            return;
        }
        if (response.statusCode() == 200) {
            keyRefusals = 0;
            read(response.body());
        } else {
            refused(response);
        }
    }

    private void read(InputStream stream) throws InterruptedException {
        synchronized (this) {
            body = stream;
            lastAliveNanos = System.nanoTime();
        }
        String why = "the stream ended";
        boolean alive = false;
        try (stream) {
            ServerEventReader events = new ServerEventReader(stream, () -> lastAliveNanos = System.nanoTime());
            Optional<ServerEvent> event = events.next();
            while (event.isPresent() && closed.getCount() > 0) {
                alive = true;
                signals.put(new Signal.Arrived(event.get()));
                if (!event.get().id().isEmpty()) {
                    lastEventId = event.get().id();
                }
                event = events.next();
            }
        } catch (IOException broken) {
            why = "the stream broke: " + broken.getMessage();
        }
        synchronized (this) {
            body = null;
        }
        if (alive) {
            backoff.reset();
        }
        if (closed.getCount() > 0) {
            boolean keyEnds = !clock.instant().isBefore(rest.keyRenewedAt());
            waitBeforeRetry(why, keyEnds && alive ? 0 : backoff.nextMillis());
        }
    }

    private void refused(HttpResponse<InputStream> response) throws InterruptedException {
        String text;
        try (InputStream in = response.body()) {
            text = new String(in.readNBytes(MAX_REFUSAL_BYTES), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            text = "";
        }
        ApiAnswer answer = ApiClient.answer(response, text);
        if (answer.status() == 401 && keyRefusals++ == 0) {
            rest.renewKey();
        } else if (startsUp(answer)) {
            waitBeforeRetry("the server answered " + answer.status(), Math.min(START_UP_MILLIS, backoff.nextMillis()));
        } else if (answer.status() == 429 || answer.status() >= 500) {
            long asked = TimeUnit.SECONDS.toMillis(answer.retryAfterSeconds().orElse(0L));
            waitBeforeRetry("the server answered " + answer.status(), Math.max(asked, backoff.nextMillis()));
        } else {
            throw RestSession.refusal(answer, "follow the topic");
        }
    }

    /** A server that listens and has not loaded the interface yet knows no path, and says so in words of its own. */
    private static boolean startsUp(ApiAnswer answer) {
        return answer.status() == 404 && answer.error().isEmpty();
    }

    private void waitBeforeRetry(@Nullable String reason, long waitMillis) throws InterruptedException {
        if (waitMillis > 0) {
            tell(new Signal.Retrying(String.valueOf(reason), waitMillis));
            closed.await(waitMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void tell(Signal signal) {
        try {
            signals.put(signal);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void hangUp() {
        InputStream current;
        synchronized (this) {
            current = body;
        }
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (IOException alreadyBroken) {
            // The reading thread finds out by itself.
            return;
        }
    }
}

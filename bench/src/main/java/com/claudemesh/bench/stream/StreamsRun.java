package com.claudemesh.bench.stream;

import com.claudemesh.bench.figures.Latencies;
import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.figures.Stopwatch;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.server.ServerState;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.sdk.MemoryInboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshIdentity;
import com.claudemesh.sdk.SdkRuntime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * N readers of {@code #general} over HTTP, ten with each key, and one poster. A latency counts from the moment a post was due,
 * so that a stalled server cannot slow down its own measurement.
 */
final class StreamsRun {
    private static final int STREAMS_PER_KEY = 10;
    private static final long PATIENCE_SECONDS = 60;

    private final URI webSocketUrl;
    private final URI base;
    private final ServerState server;
    private final ProvisionedMesh mesh;
    private final int streams;
    private final int posts;
    private final int perSecond;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Tally tally;

    /** What all readers count together. Safe for any thread. */
    static final class Tally {
        final Latencies delivery;
        final AtomicLong delivered = new AtomicLong();
        final CountDownLatch ready;

        Tally(int streams, int posts) {
            delivery = new Latencies(Math.multiplyExact(streams, posts));
            ready = new CountDownLatch(streams);
        }
    }

    StreamsRun(URI webSocketUrl, ServerState server, ProvisionedMesh mesh, int streams, int posts, int perSecond) {
        this.webSocketUrl = webSocketUrl;
        this.base =
                URI.create(webSocketUrl.toString().replaceFirst("^ws", "http").replaceFirst("/ws$", ""));
        this.server = server;
        this.mesh = mesh;
        this.streams = streams;
        this.posts = posts;
        this.perSecond = perSecond;
        this.tally = new Tally(streams, posts);
    }

    /** Blocks until everybody has everything, or a minute after the last post. */
    StreamsReport run() throws Exception {
        List<String> keys = keys();
        Long residentBefore = residentMiB();
        Stopwatch connecting = new Stopwatch();
        for (int i = 0; i < streams; i++) {
            open(keys.get(i / STREAMS_PER_KEY));
        }
        if (!tally.ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(tally.ready.getCount() + " streams did not begin");
        }
        connecting.event(System.nanoTime());
        Latencies answers = new Latencies(posts);
        Stopwatch watch = new Stopwatch();
        post(keys.get(keys.size() - 1), answers);
        awaitArrivals();
        long delivered = tally.delivered.get();
        return new StreamsReport(
                streams,
                posts,
                perSecond,
                delivered,
                Math.max(0, (long) streams * posts - delivered),
                tally.delivery.percentiles(),
                answers.percentiles(),
                Rounded.seconds(connecting.elapsedNanos()),
                watch.cpuPercent(),
                residentBefore,
                residentMiB());
    }

    /** One key for every ten readers, and one to post with. */
    private List<String> keys() throws Exception {
        ProvisionedMesh.Member admin = mesh.members().get(0);
        MeshIdentity identity =
                new MeshIdentity(mesh.meshId(), admin.memberId(), admin.pubkey(), admin.secretKey(), webSocketUrl);
        List<String> keys = new ArrayList<>();
        try (SdkRuntime runtime = SdkRuntime.shared();
                MeshClient client = MeshClient.builder(identity)
                        .noPush()
                        .inbox(new MemoryInboxStore())
                        .runtime(runtime)
                        .build()) {
            client.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            int readers = (streams + STREAMS_PER_KEY - 1) / STREAMS_PER_KEY;
            for (int i = 0; i <= readers; i++) {
                ApiKeyCapability capability = i == readers ? ApiKeyCapability.SEND : ApiKeyCapability.READ;
                keys.add(client.request(
                                new ApiKeyCreate("streams", List.of(capability), null, null), ApiKeyCreated.class)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .secret());
            }
        }
        return keys;
    }

    private void open(String key) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/v1/topics/general/stream"))
                .header("Authorization", "Bearer " + key)
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new EventReader(tally)));
    }

    private void post(String key, Latencies answers) {
        long started = System.nanoTime();
        for (int i = 0; i < posts; i++) {
            long due = started + (long) (i * 1e9 / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            http.sendAsync(message(key, due), HttpResponse.BodyHandlers.ofString())
                    .thenAccept(answer -> {
                        if (answer.statusCode() == 200) {
                            answers.add(System.nanoTime() - due);
                        } else {
                            System.err.println("not posted: " + answer.statusCode() + " " + answer.body());
                        }
                    });
        }
    }

    private HttpRequest message(String key, long dueNanos) {
        Base64.Encoder base64 = Base64.getEncoder();
        String body = Json.mapper()
                .createObjectNode()
                .put("topic", "general")
                .put("nonce", base64.encodeToString(new byte[24]))
                .put("ciphertext", base64.encodeToString(Long.toString(dueNanos).getBytes(StandardCharsets.UTF_8)))
                .toString();
        return HttpRequest.newBuilder(base.resolve("/api/v1/messages"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void awaitArrivals() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (tally.delivered.get() < (long) streams * posts && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private @Nullable Long residentMiB() throws IOException {
        return server.isKnown() ? server.server().residentBytes() >> 20 : null;
    }
}

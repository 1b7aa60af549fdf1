package com.claudemesh.bench.gauntlet.fuzz;

import com.claudemesh.bench.gauntlet.BrokenPromise;
import com.claudemesh.bench.gauntlet.fuzz.FuzzEvent.Closed;
import com.claudemesh.bench.gauntlet.fuzz.FuzzEvent.Opened;
import com.claudemesh.bench.gauntlet.fuzz.FuzzEvent.Silence;
import com.claudemesh.bench.gauntlet.fuzz.FuzzEvent.Text;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.raw.EventLoop;
import com.claudemesh.bench.raw.RawPeer;
import com.claudemesh.bench.raw.RawSocket;
import com.claudemesh.bench.raw.WebSocketFrame;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends hostile frames over one connection after the other, before and after the hello. After every few frames it asks an
 * ordinary question: a connection that is still open must answer it. Blocking; for one thread.
 */
public final class FuzzConnection {
    private static final int BATCH = 50;
    private static final int MAX_BEFORE_HELLO = 5;
    private static final int PATIENCE_SECONDS = 20;
    /** How long an answer is waited for after broken framing, before the connection is left to its end. */
    private static final int PATIENCE_AFTER_BREAKING_SECONDS = 1;

    /** The server's own failure (RFC 6455 §7.4.1), and a connection torn down without a word. */
    private static final int INTERNAL_ERROR = 1011;

    private enum Outcome {
        ANSWERED,
        ENDED,
        SILENT
    }

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final String meshId;
    private final ProvisionedMesh.Member member;
    private final Fuzzer fuzzer;
    private final SplittableRandom random;
    private final FuzzTally tally;
    private final SilentConnections silent = new SilentConnections();
    private final Set<Mutation> recent = EnumSet.noneOf(Mutation.class);
    private BlockingQueue<FuzzEvent> events = new LinkedBlockingQueue<>();
    private int questions;

    public FuzzConnection(
            EventLoop loop,
            InetSocketAddress address,
            String meshId,
            ProvisionedMesh.Member member,
            long seed,
            FuzzTally tally) {
        this.loop = loop;
        this.address = address;
        this.meshId = meshId;
        this.member = member;
        this.fuzzer = new Fuzzer(seed);
        this.random = new SplittableRandom(seed + 1);
        this.tally = tally;
    }

    /** Sends that many frames, over as many connections as it takes. */
    public void run(int frames) throws BrokenPromise, InterruptedException, IOException {
        int sent = 0;
        while (sent < frames) {
            RawSocket socket = open();
            sent += beforeHello(socket);
            Outcome outcome = greet(socket);
            while (outcome == Outcome.ANSWERED && sent < frames) {
                sent += batch(socket, Math.min(BATCH, frames - sent));
                outcome = answers(socket);
            }
            if (outcome == Outcome.SILENT) {
                silent.leave(events, () -> loop.execute(() -> socket.drop("done")));
            } else {
                loop.execute(() -> socket.drop("done"));
            }
        }
        silent.requireEnds();
    }

    private RawSocket open() throws BrokenPromise, InterruptedException {
        BlockingQueue<FuzzEvent> own = new LinkedBlockingQueue<>();
        events = own;
        recent.clear();
        loop.connect(address, "/ws", new RawSocket.Handler() {
            @Override
            public void opened(RawSocket socket) {
                own.add(new Opened(socket));
            }

            @Override
            public void text(RawSocket socket, byte[] bytes, int offset, int length) {
                own.add(new Text(new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8)));
            }

            @Override
            public void closed(RawSocket socket, int code, String reason) {
                own.add(new Closed(code, reason));
            }
        });
        if (next() instanceof Opened opened) {
            return opened.socket();
        }
        throw new BrokenPromise("no new connection could be opened after malformed frames");
    }

    /** Frames in the wrong order: anything before the hello. */
    private int beforeHello(RawSocket socket) {
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(MAX_BEFORE_HELLO) : 0;
        for (int i = 0; i < count; i++) {
            send(socket, fuzzer.next());
        }
        return count;
    }

    private Outcome greet(RawSocket socket) throws BrokenPromise, InterruptedException, IOException {
        String hello = RawPeer.hello(meshId, member, System.currentTimeMillis()).toString();
        loop.execute(() -> socket.send(WebSocketFrame.text(hello)));
        return awaitAnswer("hello_ack", null);
    }

    private int batch(RawSocket socket, int most) {
        for (int i = 1; i <= most; i++) {
            HostileFrame frame = fuzzer.next();
            send(socket, frame);
            if (frame.mayEndConnection()) {
                return i;
            }
        }
        return most;
    }

    private void send(RawSocket socket, HostileFrame frame) {
        recent.add(frame.kind());
        tally.sent();
        loop.execute(() -> socket.send(frame.bytes()));
    }

    /** Whether the server still answers an ordinary question. */
    private Outcome answers(RawSocket socket) throws BrokenPromise, InterruptedException, IOException {
        String id = "question-" + questions++;
        String question = Json.mapper()
                .createObjectNode()
                .put("type", "list_peers")
                .put("_reqId", id)
                .toString();
        loop.execute(() -> socket.send(WebSocketFrame.text(question)));
        Outcome outcome = awaitAnswer("peers_list", id);
        if (outcome == Outcome.ANSWERED) {
            recent.clear();
        }
        return outcome;
    }

    private Outcome awaitAnswer(String type, @Nullable String requestId)
            throws BrokenPromise, InterruptedException, IOException {
        while (true) {
            FuzzEvent event = next();
            if (event instanceof Closed closed) {
                judge(closed);
                return Outcome.ENDED;
            }
            if (event instanceof Silence) {
                return Outcome.SILENT;
            }
            if (event instanceof Text text) {
                JsonNode frame = Json.mapper().readTree(text.json());
                tally.answered(summary(frame));
                requireTyped(frame);
                boolean ours = requestId == null
                        || requestId.equals(frame.path("_reqId").asText());
                if (ours && frame.path("type").asText().equals(type)) {
                    return Outcome.ANSWERED;
                }
            }
        }
    }

    private void judge(Closed closed) throws BrokenPromise {
        tally.closed(closed.code());
        boolean tornDown = closed.code() == RawSocket.BROKEN;
        boolean provoked = recent.stream().anyMatch(Mutation::mayEndConnection);
        if (closed.code() == INTERNAL_ERROR || tornDown && !provoked) {
            throw new BrokenPromise("closed with " + closed.code() + " " + closed.reason() + " after " + recent);
        }
    }

    private void requireTyped(JsonNode frame) throws BrokenPromise {
        if (frame.path("code").asText().equals("internal_error")) {
            throw new BrokenPromise("internal_error (" + frame.path("message").asText() + ") after " + recent);
        }
    }

    private static String summary(JsonNode frame) {
        String type = frame.path("type").asText();
        return switch (type) {
            case "error" -> "error " + frame.path("code").asText();
            case "ack" -> frame.path("queued").asBoolean() ? "ack stored" : "ack refused";
            default -> type;
        };
    }

    private FuzzEvent next() throws BrokenPromise, InterruptedException {
        boolean excused = recent.contains(Mutation.BROKEN_WEBSOCKET);
        int seconds = excused ? PATIENCE_AFTER_BREAKING_SECONDS : PATIENCE_SECONDS;
        FuzzEvent event = events.poll(seconds, TimeUnit.SECONDS);
        if (event == null && !excused) {
            throw new BrokenPromise("no answer within " + seconds + " s after " + recent);
        }
        return event == null ? new Silence() : event;
    }
}

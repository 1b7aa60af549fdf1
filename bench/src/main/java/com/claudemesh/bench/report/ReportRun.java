package com.claudemesh.bench.report;

import com.claudemesh.bench.ceiling.EchoCeiling;
import com.claudemesh.bench.ceiling.EchoFigures;
import com.claudemesh.bench.ceiling.InsertCeiling;
import com.claudemesh.bench.ceiling.InsertFigures;
import com.claudemesh.bench.figures.Completeness;
import com.claudemesh.bench.load.LoadReport;
import com.claudemesh.bench.load.LoadRun;
import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.raw.IdleFigures;
import com.claudemesh.bench.raw.RawFigures;
import com.claudemesh.bench.raw.RawLoad;
import com.claudemesh.bench.server.ManagedServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Takes all measurements on one server, one after the other. */
final class ReportRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(180);
    private static final int WINDOW = 64;
    private static final int TEXT_CHARS = 200;
    /** What 200 characters of text become when they are encrypted and in base64. */
    private static final int CIPHERTEXT_CHARS = 288;
    /** A push with that ciphertext, in bytes. */
    private static final int FRAME_BYTES = 700;

    private static final int RAW_WINDOW = 32;
    private static final int FANOUT_WINDOW = 64;
    private static final int FANOUT_BACKLOG = 256;
    private static final int TOPIC_SUBSCRIBERS = 100;
    private static final int TOPIC_POSTS_PER_SECOND = 200;
    private static final int MESSAGES_PER_COMMIT = 200;
    private static final int STEADY_SENDERS = 10;
    private static final int STEADY_WARM_UP_SHARE = 2;
    /** The first connections load classes and fill pools; a part of the connections has done that before it counts. */
    private static final int IDLE_WARM_UP_SHARE = 10;

    private static final long IDLE_MILLIS = 5_000;

    /**
     * How much of everything. Numbers are for one run.
     *
     * @param repeats how often each burst, ceiling and rate by the real client is measured; the median counts
     */
    record Size(
            int repeats,
            int smallBurst,
            int largeBurst,
            int steadyPerSecond,
            int steadySeconds,
            int rawMessages,
            int fanoutMessages,
            int topicSeconds,
            int echoFrames,
            int commits,
            int idleConnections) {

        static Size full() {
            return new Size(3, 100, 1_000, 500, 30, 1_000, 3_000, 20, 2_000, 300, 1_000);
        }

        static Size quick() {
            return new Size(1, 20, 200, 500, 5, 200, 500, 3, 500, 50, 200);
        }
    }

    private final ManagedServer server;
    private final Size size;
    private final @Nullable Path recordings;
    private final RawLoad raw;
    private final InetSocketAddress address;
    private long broken;

    /** @param recordings a folder for flight recordings of the server during the raw runs; null for none */
    ReportRun(ManagedServer server, Size size, @Nullable Path recordings) throws Exception {
        this.server = server;
        this.size = size;
        this.recordings = recordings;
        address = new InetSocketAddress(
                server.httpBase().getHost(), server.httpBase().getPort());
        raw = new RawLoad(server.api(), address, server.state());
    }

    Measurements run() throws Exception {
        IdleFigures idle = idle();
        warmUp();
        EchoFigures echo = median("echo ceiling", this::echo, EchoFigures::echoesPerSecond);
        InsertFigures inserts = inserts();
        RawFigures direct = median("raw direct", () -> direct(raw, false), RawFigures::perSecond);
        RawFigures directAcknowledged =
                median("raw direct, acknowledged", () -> direct(raw, true), RawFigures::perSecond);
        RawFigures fanout = median("fan-out", () -> fanout(raw, false), RawFigures::perSecond);
        RawFigures fanoutAcknowledged = median("fan-out, acknowledged", () -> fanout(raw, true), RawFigures::perSecond);
        RawFigures topic = topic(false);
        RawFigures topicAcknowledged = topic(true);
        record();
        List<LoadReport> bursts = new ArrayList<>();
        bursts.add(burst(10, size.smallBurst()));
        bursts.add(burst(50, size.smallBurst()));
        bursts.add(burst(100, size.smallBurst()));
        long heapAfterSmall = server.state().heap().liveBytes();
        bursts.add(burst(100, size.largeBurst()));
        long heapAfterLarge = server.state().heap().liveBytes();
        LoadReport steady = steady();
        return new Measurements(
                Machine.current(),
                echo,
                inserts,
                bursts,
                steady,
                size.steadyPerSecond(),
                direct,
                directAcknowledged,
                fanout,
                fanoutAcknowledged,
                topic,
                topicAcknowledged,
                idle,
                heapAfterSmall,
                heapAfterLarge,
                broken);
    }

    /** On a server that has not worked yet, whose heap does not shrink meanwhile. */
    private IdleFigures idle() throws Exception {
        progress("idle connections");
        raw.idle(size.idleConnections() / IDLE_WARM_UP_SHARE, IDLE_MILLIS);
        return raw.idle(size.idleConnections(), IDLE_MILLIS);
    }

    /** Both sides compile what they are about to do. */
    private void warmUp() throws Exception {
        progress("warm-up");
        echo();
        direct(raw, true);
        fanout(raw, true);
        load(20, size.smallBurst(), 0);
    }

    private EchoFigures echo() throws Exception {
        return new EchoCeiling(address, new EchoCeiling.Plan(200, size.echoFrames(), RAW_WINDOW, FRAME_BYTES, TIMEOUT))
                .run();
    }

    /** The best of one, two and four writers. */
    private InsertFigures inserts() throws Exception {
        List<InsertFigures> all = new ArrayList<>();
        for (int writers : new int[] {1, 2, 4}) {
            progress("insert ceiling, " + writers + " writers");
            all.add(new InsertCeiling(server.state(), MESSAGES_PER_COMMIT, CIPHERTEXT_CHARS)
                    .run(writers, size.commits() / writers));
        }
        return all.stream()
                .max(Comparator.comparingDouble(InsertFigures::messagesPerSecond))
                .orElseThrow();
    }

    private RawFigures direct(RawLoad load, boolean acknowledging) throws Exception {
        return counted(load.direct(100, size.rawMessages(), RAW_WINDOW, CIPHERTEXT_CHARS, acknowledging, 1));
    }

    private RawFigures fanout(RawLoad load, boolean acknowledging) throws Exception {
        return counted(load.fanout(
                100, size.fanoutMessages(), FANOUT_WINDOW, FANOUT_BACKLOG, CIPHERTEXT_CHARS, acknowledging));
    }

    private RawFigures topic(boolean acknowledging) throws Exception {
        progress("topic " + TOPIC_POSTS_PER_SECOND + "/s" + (acknowledging ? ", acknowledged" : ""));
        return counted(raw.topic(
                TOPIC_SUBSCRIBERS, TOPIC_POSTS_PER_SECOND, size.topicSeconds(), CIPHERTEXT_CHARS, acknowledging));
    }

    /** Once more under the flight recorder, apart from what is measured. */
    private void record() throws Exception {
        if (recordings == null) {
            return;
        }
        progress("flight recordings");
        direct(raw.recordedTo(recordings.resolve("direct.jfr")), false);
        fanout(raw.recordedTo(recordings.resolve("fanout.jfr")), false);
    }

    private LoadReport burst(int senders, int messages) throws Exception {
        return median(
                "burst " + senders + "×" + messages, () -> load(senders, messages, 0), LoadReport::messagesPerSecond);
    }

    /** At this rate there is so little to do that compiling it takes long: a part of the time is warm-up. */
    private LoadReport steady() throws Exception {
        progress("steady " + size.steadyPerSecond() + "/s, warm-up");
        steady(size.steadySeconds() / STEADY_WARM_UP_SHARE);
        return median(
                "steady " + size.steadyPerSecond() + "/s",
                () -> steady(size.steadySeconds()),
                report -> report.ackMillis().p99());
    }

    private LoadReport steady(int seconds) throws Exception {
        return load(STEADY_SENDERS, size.steadyPerSecond() * seconds / STEADY_SENDERS, size.steadyPerSecond());
    }

    private LoadReport load(int senders, int messages, int perSecond) throws Exception {
        ProvisionedMesh mesh = new Provisioner(server.api()).mesh("load", 2 * senders);
        LoadRun.Plan plan = new LoadRun.Plan(senders, messages, perSecond, WINDOW, TEXT_CHARS, TIMEOUT);
        return counted(new LoadRun(server.webSocketUrl(), server.state(), mesh, plan).run());
    }

    private <T extends Completeness> T counted(T run) {
        broken += run.broken();
        return run;
    }

    private <T> T median(String what, Callable<T> measurement, ToDoubleFunction<T> by) throws Exception {
        List<T> all = new ArrayList<>();
        for (int i = 1; i <= size.repeats(); i++) {
            progress(what + ", " + i + " of " + size.repeats());
            T one = measurement.call();
            System.err.println("    " + one);
            all.add(one);
        }
        all.sort(Comparator.comparingDouble(by));
        return all.get(all.size() / 2);
    }

    private static void progress(String what) {
        System.err.println("  " + what);
    }
}

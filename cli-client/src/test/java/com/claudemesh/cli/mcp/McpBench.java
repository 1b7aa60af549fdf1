package com.claudemesh.cli.mcp;

import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.sdk.FileInboxStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running server with a host at its pipes, fake meshes behind it, and a clock that stands still. */
final class McpBench implements AutoCloseable {
    private static final int PIPE_BYTES = 64 * 1024;
    private static final long ANSWER_TIMEOUT_SECONDS = 10;

    private final TestHost testHost;
    private final PipedOutputStream input = new PipedOutputStream();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final FakeMeshLinks links = new FakeMeshLinks();
    private final ManualTimer timer = new ManualTimer();
    private final VerbServices services;
    private final FileInboxStore inbox;
    private final Participant who;
    private McpProcess process;

    McpBench(TestHost testHost) throws IOException {
        this.testHost = testHost;
        Host base = testHost.host();
        Host host = new Host(
                base.environment(),
                base.home(),
                base.workingDirectory(),
                new PipedInputStream(input, PIPE_BYTES),
                new PrintStream(new LineQueue(lines), false, StandardCharsets.UTF_8),
                base.err(),
                base.terminal(),
                base.clock());
        VerbServices real = testHost.services();
        services = new VerbServices(host, real.home(), real.meshes(), real.invites());
        inbox = new FileInboxStore(services.home().inboxDirectory());
        who = Participant.of(services, services.configFile().load());
    }

    McpBench start() {
        ClientConfig config = services.configFile().load();
        process = new McpProcess(
                services,
                who,
                inbox,
                timer,
                Runnable::run,
                new Diagnostics(services.host().err()),
                ended::countDown);
        process.start(config.memberships(), links);
        return this;
    }

    McpBench write(String line) throws IOException {
        return write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    McpBench write(byte[] bytes) throws IOException {
        input.write(bytes);
        input.flush();
        return this;
    }

    /** Asks, and answers the next line. */
    JsonNode ask(String line) throws IOException {
        return write(line).next();
    }

    /** As a host does before anything else. Its answer is read, too. */
    McpBench shakeHands() throws IOException {
        ask("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        sync();
        return this;
    }

    /** Returns when everything that was written is handled. */
    void sync() throws IOException {
        JsonNode answer = ask("{\"jsonrpc\":\"2.0\",\"id\":\"sync\",\"method\":\"ping\"}");
        if (!answer.path("id").asText().equals("sync")) {
            throw new AssertionError("unexpected line: " + answer);
        }
    }

    JsonNode next() {
        try {
            String line = lines.poll(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line in time; standard error: " + testHost.err());
            }
            return JsonReader.read(line).orElseThrow(() -> new AssertionError("not JSON: " + line));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    boolean silent() {
        return lines.isEmpty();
    }

    FakeMeshLinks.FakeLink link(String slug) {
        return links.link(slug);
    }

    FakeMeshLinks links() {
        return links;
    }

    ManualTimer timer() {
        return timer;
    }

    FileInboxStore inbox() {
        return inbox;
    }

    Participant who() {
        return who;
    }

    VerbServices services() {
        return services;
    }

    /** The host hangs up. */
    void hangUp() throws IOException, InterruptedException {
        input.close();
        if (!ended.await(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not notice the end of its input");
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
        process.close();
    }

    /** Puts written lines into a queue. */
    private static final class LineQueue extends OutputStream {
        private final BlockingQueue<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LineQueue(BlockingQueue<String> lines) {
            this.lines = lines;
        }

        @Override
        public void write(int next) {
            if (next == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(next);
            }
        }
    }
}

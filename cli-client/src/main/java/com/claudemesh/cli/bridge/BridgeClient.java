package com.claudemesh.cli.bridge;

import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A verb's end of the local socket. One thread, one request at a time. */
final class BridgeClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private int lastId;

    private BridgeClient(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** A connection, or empty when nobody listens: no file, or one that a dead process left. */
    static Optional<BridgeClient> connect(Path socket) {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.configureBlocking(false);
                Selector selector = Selector.open();
                channel.register(selector, SelectionKey.OP_READ);
                return Optional.of(new BridgeClient(channel, selector));
            } catch (IOException refused) {
                channel.close();
                return Optional.empty();
            }
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws com.claudemesh.cli.CliException what the other process refused with
     * @throws BridgeLostException when no answer came
     */
    JsonNode ask(BridgeRequest request, Duration timeout) {
        String id = Integer.toString(++lastId);
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            write(BridgeCodec.line(id, request) + "\n", deadline);
            while (true) {
                Optional<JsonNode> reply = JsonReader.read(readLine(deadline))
                        .filter(line -> id.equals(line.path("id").asText()));
                if (reply.isPresent()) {
                    return BridgeCodec.result(reply.get());
                }
            }
        } catch (IOException broken) {
            throw new BridgeLostException(broken.toString());
        }
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Nothing was written that is not answered yet.
            return;
        }
    }

    private void write(String line, long deadline) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        channel.write(bytes);
        while (bytes.hasRemaining()) {
            await(SelectionKey.OP_WRITE, deadline);
            channel.write(bytes);
        }
    }

    private String readLine(long deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() <= BridgeCodec.MAX_LINE_BYTES) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
            await(SelectionKey.OP_READ, deadline);
            int read = channel.read(buffer.clear());
            buffer.flip();
            if (read < 0) {
                throw new BridgeLostException("the other process hung up");
            }
        }
        throw new BridgeLostException("the other process wrote an endless line");
    }

    private void await(int operation, long deadline) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        long leftMillis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (leftMillis <= 0 || selector.select(leftMillis) == 0) {
            throw new BridgeLostException("no answer in time");
        }
        selector.selectedKeys().clear();
    }
}

package com.claudemesh.bench.raw;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client connection (RFC 6455) reduced to what a generator needs: whole frames that the caller has encoded go
 * out, whole text frames come in, pings are answered. Belongs to its loop's thread.
 */
public final class RawSocket {
    /** The connection ended without a close frame (RFC 6455 §7.1.5). */
    public static final int BROKEN = 1006;

    private static final int FIRST_BUFFER_BYTES = 1 << 10;

    /** Learns what happens on a socket. Called on the loop's thread; must not block. */
    public interface Handler {
        /** The handshake is done. */
        void opened(RawSocket socket);

        /** A text frame; the bytes are only valid during the call. */
        void text(RawSocket socket, byte[] bytes, int offset, int length);

        /** It is over; called once, also when it never opened. */
        void closed(RawSocket socket, int code, String reason);
    }

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final Handler handler;
    private final int receiveBufferBytes;
    private final Handshake handshake;
    private final FrameReader reader = new FrameReader(FIRST_BUFFER_BYTES);
    private ByteBuffer unsent = ByteBuffer.allocate(FIRST_BUFFER_BYTES);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean open;
    private boolean ended;
    private boolean flushQueued;
    private boolean reading = true;

    RawSocket(EventLoop loop, InetSocketAddress address, String path, int receiveBufferBytes, Handler handler) {
        this.loop = loop;
        this.address = address;
        this.receiveBufferBytes = receiveBufferBytes;
        this.handler = handler;
        this.handshake = new Handshake(address, path);
    }

    public EventLoop loop() {
        return loop;
    }

    void connect(Selector selector) {
        try {
            SocketChannel fresh = SocketChannel.open();
            channel = fresh;
            fresh.configureBlocking(false);
            fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (receiveBufferBytes > 0) {
                fresh.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            key = fresh.register(selector, SelectionKey.OP_CONNECT, this);
            if (fresh.connect(address)) {
                connected();
            }
        } catch (IOException e) {
            end(BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private void connected() {
        interest();
        send(handshake.request());
    }

    void ready(SelectionKey ready, ByteBuffer transfer) {
        try {
            if (ready.isConnectable() && channel.finishConnect()) {
                connected();
            }
            if (ready.isValid() && ready.isReadable()) {
                read(transfer);
            }
            if (ready.isValid() && ready.isWritable()) {
                flush(transfer);
            }
        } catch (IOException e) {
            end(BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private void read(ByteBuffer transfer) throws IOException {
        int count = channel.read(transfer);
        if (count < 0) {
            end(BROKEN, "the server closed the connection");
            return;
        }
        reader.add(transfer.flip());
        if (!open) {
            if (!handshake.isComplete(reader)) {
                return;
            }
            open = true;
            handler.opened(this);
        }
        while (!ended && reader.next()) {
            frame();
        }
        transfer.clear();
    }

    private void frame() {
        switch (reader.opcode()) {
            case WebSocketFrame.TEXT -> handler.text(this, reader.bytes(), reader.offset(), reader.length());
            case WebSocketFrame.PING -> send(WebSocketFrame.masked(WebSocketFrame.PONG, reader.copy()));
            case WebSocketFrame.CLOSE -> {
                byte[] body = reader.copy();
                end(WebSocketFrame.closeCode(body), WebSocketFrame.closeReason(body));
            }
            case WebSocketFrame.PONG -> {}
            default -> end(BROKEN, "unexpected frame, opcode " + reader.opcode());
        }
    }

    /** Queues a complete frame, header and mask included; it leaves at the end of the round. */
    public void send(byte[] frame) {
        send(frame, frame.length);
    }

    /** As {@link #send(byte[])}, for the first {@code length} bytes. */
    public void send(byte[] frame, int length) {
        if (ended) {
            return;
        }
        if (unsent.remaining() < length) {
            unsent = ByteBuffer.allocate(Math.max(2 * unsent.capacity(), unsent.position() + length))
                    .put(unsent.flip());
        }
        unsent.put(frame, 0, length);
        if (!flushQueued) {
            flushQueued = true;
            loop.flushLater(this);
        }
    }

    void flush(ByteBuffer transfer) {
        flushQueued = false;
        if (ended || channel == null) {
            return;
        }
        try {
            unsent.flip();
            boolean writable = true;
            while (unsent.hasRemaining() && writable) {
                writable = writeSome(transfer);
            }
            unsent.compact();
            interest();
        } catch (IOException e) {
            end(BROKEN, String.valueOf(e.getMessage()));
        }
    }

    /** Writes through the loop's direct buffer, so that the JDK does not copy into one of its own. */
    private boolean writeSome(ByteBuffer transfer) throws IOException {
        transfer.clear();
        int count = Math.min(transfer.remaining(), unsent.remaining());
        transfer.put(unsent.slice(unsent.position(), count)).flip();
        int written = channel.write(transfer);
        unsent.position(unsent.position() + written);
        return written == count;
    }

    /** Bytes that the server has not taken yet. */
    public int unsentBytes() {
        return unsent.position();
    }

    /** Stops or continues to take bytes from the socket; stopped, the server's writes pile up and stall. */
    public void setReading(boolean on) {
        reading = on;
        if (!ended) {
            interest();
        }
    }

    private void interest() {
        if (key != null && key.isValid() && channel.isConnected()) {
            int read = reading ? SelectionKey.OP_READ : 0;
            int write = unsent.position() > 0 ? SelectionKey.OP_WRITE : 0;
            if (key.interestOps() != (read | write)) {
                key.interestOps(read | write);
            }
        }
    }

    /** Ends it without a goodbye, as a crashed client would. */
    public void drop(String reason) {
        end(BROKEN, reason);
    }

    private void end(int code, String reason) {
        if (ended) {
            return;
        }
        ended = true;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                handler.closed(this, code, reason + "; closing failed too: " + e.getMessage());
                return;
            }
        }
        handler.closed(this, code, reason);
    }
}

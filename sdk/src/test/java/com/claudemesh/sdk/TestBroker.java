package com.claudemesh.sdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on a loopback port whose side of the protocol a test plays. */
final class TestBroker implements AutoCloseable {
    static final long PATIENCE_SECONDS = 20;

    private final ServerSocket listener;
    private final BlockingQueue<TestConnection> arrivals = new LinkedBlockingQueue<>();
    private volatile Script script;
    private final List<TestConnection> all = new CopyOnWriteArrayList<>();

    TestBroker() throws IOException {
        this(0);
    }

    TestBroker(int port) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        daemon("test-broker", this::listen);
    }

    static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The server's side of a connection. */
    @FunctionalInterface
    interface Script {
        void play(TestConnection connection) throws InterruptedException;
    }

    /** Plays every connection from now on, instead of handing it to the test. */
    void playEach(Script value) {
        script = value;
    }

    private void arrived(TestConnection connection) {
        Script each = script;
        if (each == null) {
            arrivals.add(connection);
            return;
        }
        daemon("test-script", () -> {
            try {
                each.play(connection);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                TestConnection connection = new TestConnection(socket);
                all.add(connection);
                daemon("test-connection", () -> {
                    if (connection.upgrade()) {
                        arrived(connection);
                        connection.read();
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws");
    }

    /** The next connection, before its hello. */
    TestConnection next() throws InterruptedException {
        TestConnection connection = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("nobody connected");
        }
        return connection;
    }

    /** The next connection, welcomed. */
    TestConnection welcomed() throws InterruptedException {
        TestConnection connection = next();
        connection.welcome();
        return connection;
    }

    /** Whether another connection comes within a while. */
    boolean isConnectedTo(long withinMillis) throws InterruptedException {
        return arrivals.poll(withinMillis, TimeUnit.MILLISECONDS) != null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        all.forEach(TestConnection::drop);
    }
}

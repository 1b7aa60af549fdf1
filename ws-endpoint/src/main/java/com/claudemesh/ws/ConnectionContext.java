package com.claudemesh.ws;

import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.FrameCodec;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What every connection shares. */
record ConnectionContext(
        FrameCodec<ClientFrame> codec,
        Dispatcher dispatcher,
        Greeter greeter,
        Executor workers,
        SocketLimits limits,
        Clock clock,
        Runnable malformedCounter,
        Consumer<Connection> onWelcome) {

    void countMalformed() {
        malformedCounter.run();
    }

    void welcomed(Connection connection) {
        onWelcome.accept(connection);
    }
}

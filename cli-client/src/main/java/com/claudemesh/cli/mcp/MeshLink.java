package com.claudemesh.cli.mcp;

import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** This session's connection to one mesh, which comes back by itself. Safe for any thread; nothing here waits. */
interface MeshLink extends AutoCloseable {

    /** Begins to connect; what happens is told to the listener. */
    void connect();

    CompletableFuture<List<PeerInfo>> peers();

    CompletableFuture<Receipt> send(OutgoingMessage message);

    /** Sends a request; whatever the server answers, but an error fails. */
    CompletableFuture<ServerFrame> request(ClientFrame frame);

    /** Sends a frame that is not answered. */
    CompletableFuture<Void> tell(ClientFrame frame);

    boolean online();

    /** What others address this session by. */
    String publicKey();

    /** Says goodbye, after what is under way. Waits for it, a few seconds at most. */
    @Override
    void close();
}

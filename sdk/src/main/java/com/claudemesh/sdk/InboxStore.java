package com.claudemesh.sdk;

import java.io.IOException;

/** Where received messages are kept. Implementations are safe for any thread. */
public interface InboxStore {

    /**
     * Keeps a message for good before it is acknowledged to the server.
     *
     * @return false when a message of that id, or of that sender and client message id, was kept before
     * @throws IOException when it could not be kept; the message is then not acknowledged and will come again
     */
    boolean add(IncomingMessage message) throws IOException;
}

package com.claudemesh.cli.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Answers verbs out of a live connection. Called by several threads. */
@FunctionalInterface
public interface BridgeHandler {

    /**
     * The result of the request, soon. What can't be done fails, at once or later, with a {@link
     * com.claudemesh.cli.CliException} that the verb shows as its own.
     */
    CompletableFuture<JsonNode> answer(BridgeRequest request);
}

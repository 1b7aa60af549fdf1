package com.claudemesh.ws;

import com.claudemesh.protocol.frame.ServerFrame;
import java.util.concurrent.CompletionStage;

/** What a handler answers. */
public sealed interface Reply {

    /** An answer that is ready. */
    record Now(ServerFrame frame) implements Reply {}

    /** An answer that is ready later; it still leaves in request order. */
    record Later(CompletionStage<? extends ServerFrame> frame) implements Reply {}

    /** The generic receipt: done, and nothing more to say. It names the request. */
    enum Receipt implements Reply {
        RECEIPT
    }

    /** No answer. */
    enum Silent implements Reply {
        SILENT
    }
}

package com.claudemesh.messaging;

import java.util.List;

/** Whom a target means. */
public sealed interface Resolution {

    /** @param online whether any of them could be handed the message now on this node */
    record Known(List<Recipient> recipients, boolean online) implements Resolution {}

    /** Nobody, with the text that the sender reads. */
    record Refused(String reason) implements Resolution {}
}

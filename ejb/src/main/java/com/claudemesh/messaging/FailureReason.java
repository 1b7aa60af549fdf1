package com.claudemesh.messaging;

import java.util.Locale;

/** Why a copy will never be delivered. The wire texts are part of the protocol. */
enum FailureReason {
    /** The recipient's grants no longer allow this sender. */
    BLOCKED,
    /** The recipient was banned, or left the mesh. */
    RECIPIENT_GONE;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package com.claudemesh.cli.mcp;

import com.claudemesh.sdk.FileInboxStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes in the inbox which messages were shown in the conversation, many at a time. A message whose note is lost in a
 * crash counts as unread, never the other way round. Safe for any thread.
 */
final class SeenMarks {
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final String meshId;
    private final FileInboxStore inbox;
    private final Timer timer;
    private final Diagnostics log;
    private List<String> waiting = new ArrayList<>();

    SeenMarks(String meshId, FileInboxStore inbox, Timer timer, Diagnostics log) {
        this.meshId = meshId;
        this.inbox = inbox;
        this.timer = timer;
        this.log = log;
    }

    synchronized void add(String messageId) {
        waiting.add(messageId);
        if (waiting.size() == 1) {
            timer.after(DELAY, this::write);
        }
    }

    /** Writes what is waiting. */
    void write() {
        List<String> taken;
        synchronized (this) {
            taken = waiting;
            waiting = new ArrayList<>();
        }
        try {
            inbox.markSeen(meshId, taken);
        } catch (IOException failed) {
            log.warn("shown messages stay marked as unread: " + failed.getMessage());
        }
    }
}

package com.claudemesh.cli.audit;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.io.Waiting;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.protocol.crypto.audit.AuditChain;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.frame.AuditQuery;
import com.claudemesh.protocol.frame.AuditResult;
import com.claudemesh.protocol.frame.AuditResult.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the whole record of a mesh, oldest event first, page by page, and checks the hash chain on the way. Events that
 * happen meanwhile are left out. Memory does not grow with the record. One walk per instance.
 *
 * <p>The server counts its pages from the newest event, so every new event moves them: a page asks for a few events that are
 * known already, and is asked for again when even those have moved past.
 */
final class AuditWalk {
    static final int PAGE = 200;
    private static final int OVERLAP = 50;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_PAUSES = 120;
    private static final String RATE_LIMITED = "rate_limited";

    private final String meshId;
    private final MeshConnection connection;
    private final Waiting waiting;
    private final AuditChain chain = new AuditChain();
    private long entries;
    private long lastId;
    private Optional<Long> brokenAt = Optional.empty();

    AuditWalk(String meshId, MeshConnection connection, Waiting waiting) {
        this.meshId = meshId;
        this.connection = connection;
        this.waiting = waiting;
    }

    /** How many events there were. */
    long entries() {
        return entries;
    }

    /** Id of the first event that does not fit. Events that are missing at the end only the server can miss. */
    Optional<Long> brokenAt() {
        return brokenAt;
    }

    void run(Consumer<Entry> each) {
        long end = query(1, 0).total();
        long total = end;
        while (entries < end) {
            long offset = Math.max(0, total - entries + OVERLAP - PAGE);
            AuditResult page = query(PAGE, offset);
            total = page.total();
            boolean reachesBack = total - offset - PAGE <= entries;
            if (reachesBack && !accept(page.entries(), end, each)) {
                brokenAt = brokenAt.or(() -> Optional.of(lastId));
                return;
            }
        }
    }

    /** Whether there was anything new in it. */
    private boolean accept(List<Entry> newestFirst, long end, Consumer<Entry> each) {
        long before = entries;
        for (int i = newestFirst.size() - 1; i >= 0 && entries < end; i--) {
            Entry entry = newestFirst.get(i);
            if (entry.id() > lastId) {
                check(entry);
                each.accept(entry);
                lastId = entry.id();
                entries++;
            }
        }
        return entries > before;
    }

    private void check(Entry entry) {
        AuditEntry hashed =
                new AuditEntry(meshId, entry.eventType(), entry.actorMemberId(), entry.payload(), entry.createdAt());
        if (!chain.accept(hashed, entry.prevHash(), entry.hash()) && brokenAt.isEmpty()) {
            brokenAt = Optional.of(entry.id());
        }
    }

    /** Reads are limited per minute: a long record takes its time. */
    private AuditResult query(long limit, long offset) {
        for (int pauses = 0; ; pauses++) {
            try {
                return connection.ask(new AuditQuery(limit, offset, null), AuditResult.class);
            } catch (CliException refused) {
                if (!refused.token().equals(RATE_LIMITED) || pauses == MAX_PAUSES) {
                    throw refused;
                }
                waiting.pause(PAUSE);
            }
        }
    }
}

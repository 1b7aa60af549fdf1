package com.claudemesh.audit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads and verifies records on threads of its own, so that a long chain keeps nobody else waiting. A bounded number of
 * requests waits; more are refused with {@link BusyException}. Safe for any thread, never blocks.
 */
public final class AuditDesk implements AutoCloseable {
    private static final Logger LOG = System.getLogger(AuditDesk.class.getName());

    /** Too many requests are waiting. */
    public static final class BusyException extends Exception {
        BusyException(Throwable cause) {
            super("too many audit requests are waiting, try again later", cause);
        }
    }

    private final AuditReader reader;
    private final AuditVerifier verifier;
    private final ThreadPoolExecutor readers;

    public AuditDesk(AuditReader reader, AuditVerifier verifier, int threads, int maxWaiting, ThreadFactory factory) {
        this.reader = reader;
        this.verifier = verifier;
        this.readers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxWaiting), factory);
    }

    /** As {@link AuditReader#query}. */
    public CompletionStage<AuditPage> query(String meshId, int rows, long skipped, @Nullable String eventType) {
        return later(() -> reader.query(meshId, rows, skipped, eventType));
    }

    /** As {@link AuditVerifier#verify}; a broken chain is also logged as an error. */
    public CompletionStage<AuditVerdict> verify(String meshId) {
        return later(() -> {
            AuditVerdict verdict = verifier.verify(meshId);
            if (!verdict.valid()) {
                LOG.log(
                        Level.ERROR,
                        "event=audit_chain_broken mesh=" + meshId + " entries=" + verdict.entries() + " broken_at="
                                + verdict.brokenAt());
            }
            return verdict;
        });
    }

    private <T> CompletionStage<T> later(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            readers.execute(() -> {
                try {
                    answer.complete(work.call());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new BusyException(e));
        }
        return answer;
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}

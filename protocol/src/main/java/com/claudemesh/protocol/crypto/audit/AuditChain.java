package com.claudemesh.protocol.crypto.audit;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks the rows of one mesh in ascending order and finds the first that breaks the chain.
 *
 * <p>One walk per instance, by one thread; memory does not grow with the number of rows.
 */
public final class AuditChain {

    private String previousHash = AuditEntry.GENESIS;
    private long entries;
    private long brokenAtIndex = -1;

    /**
     * The state of a walk.
     *
     * @param entries rows seen, intact or not
     * @param brokenAtIndex position of the first row that fails, or -1
     */
    public record Verification(boolean valid, long entries, long brokenAtIndex) {}

    /**
     * Takes the next row.
     *
     * @return whether the chain is intact so far
     */
    public boolean accept(AuditEntry entry, String rowPreviousHash, String rowHash) {
        if (brokenAtIndex < 0 && !(same(previousHash, rowPreviousHash) && same(entry.hash(previousHash), rowHash))) {
            brokenAtIndex = entries;
        }
        entries++;
        previousHash = rowHash;
        return brokenAtIndex < 0;
    }

    /** The verdict on the rows so far; an empty chain is valid. */
    public Verification verification() {
        return new Verification(brokenAtIndex < 0, entries, brokenAtIndex);
    }

    /** The hash of the last row, or {@link AuditEntry#GENESIS}. */
    public String head() {
        return previousHash;
    }

    /** The key of the advisory lock that serialises the writers of a mesh; never negative. */
    public static long advisoryLockKey(String meshId) {
        byte[] hash = Digests.sha256(("audit:" + meshId).getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
    }

    private static boolean same(String a, String b) {
        return Bytes.equal(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}

package com.claudemesh.cli.audit;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.net.SendReceipt;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.frame.AuditQuery;
import com.claudemesh.protocol.frame.AuditResult;
import com.claudemesh.protocol.frame.AuditResult.Entry;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A server's record of events, which answers queries as the server does: newest first, counted from the newest. */
final class AuditRecord implements MeshConnection {
    static final String MESH_ID = "mesh-crew";

    private final List<Entry> entries = new ArrayList<>();
    private Runnable beforeEachQuery = () -> {};
    private int refusals;

    /** Adds events that are linked to what is there. */
    AuditRecord with(int events) {
        for (int i = 0; i < events; i++) {
            String previous = entries.isEmpty()
                    ? AuditEntry.GENESIS
                    : entries.get(entries.size() - 1).hash();
            JsonNode payload = Output.object().put("number", entries.size());
            String time = "2026-03-01T12:00:00.000Z";
            String hash = new AuditEntry(MESH_ID, "message_sent", "m1", payload, time).hash(previous);
            // Ids have gaps: they are numbers of the whole database.
            entries.add(new Entry(
                    entries.size() * 3L + 1, "message_sent", "Ada", "m1", "Ada", payload, previous, hash, time));
        }
        return this;
    }

    List<Entry> entries() {
        return entries;
    }

    void change(int index, JsonNode payload) {
        Entry old = entries.get(index);
        entries.set(
                index,
                new Entry(
                        old.id(),
                        old.eventType(),
                        old.actor(),
                        old.actorMemberId(),
                        old.actorCurrentName(),
                        payload,
                        old.prevHash(),
                        old.hash(),
                        old.createdAt()));
    }

    void remove(int index) {
        entries.remove(index);
    }

    void beforeEachQuery(Runnable work) {
        beforeEachQuery = work;
    }

    /** The next queries are refused because there were too many. */
    void refuse(int queries) {
        refusals = queries;
    }

    @Override
    public <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer) {
        if (refusals > 0) {
            refusals--;
            throw new CliException(ExitCode.INTERNAL_ERROR, "rate_limited", "too many audit requests", "");
        }
        beforeEachQuery.run();
        AuditQuery query = (AuditQuery) request;
        int to = (int) Math.max(0, entries.size() - query.skipped());
        int from = Math.max(0, to - query.rows());
        List<Entry> newestFirst = new ArrayList<>(entries.subList(from, to));
        java.util.Collections.reverse(newestFirst);
        return answer.cast(new AuditResult(newestFirst, entries.size()));
    }

    @Override
    public List<PeerInfo> peers() {
        return List.of();
    }

    @Override
    public SendReceipt send(OutgoingMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void tell(ClientFrame frame) {
        throw new AssertionError("nobody tells a record anything: " + frame);
    }

    @Override
    public void close() {}
}

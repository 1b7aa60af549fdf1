package com.claudemesh.audit;

import com.claudemesh.platform.ColumnArray;
import com.claudemesh.platform.Pipeline;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One append to the hash chains of meshes, in two steps of a transaction's round trips: {@link #lock} as the last statement
 * of one, {@link #add} in a later one. For one thread and one transaction.
 */
public final class AuditAppend {
    private final SortedMap<String, Head> heads = new TreeMap<>();

    private record Head(long entries, String hash) {}

    private record Row(PreparedEvent prepared, long seq, String previousHash, String hash) {
        AuditEvent event() {
            return prepared.event();
        }
    }

    /**
     * Locks the heads of these meshes until the transaction ends. One statement takes the locks in the order of mesh ids
     * whether a chain exists or is started by it: no two writers can wait for each other. The update that changes nothing is
     * what locks and returns an existing head.
     */
    public void lock(Pipeline pipeline, Collection<String> meshIds) {
        List<String> ids = meshIds.stream().distinct().sorted().toList();
        pipeline.ask(
                """
                INSERT INTO mesh.audit_head AS head (mesh_id, entries, hash)
                SELECT mesh_id, 0, ? FROM unnest(?::text[]) AS t (mesh_id)
                ON CONFLICT (mesh_id) DO UPDATE SET entries = head.entries
                RETURNING mesh_id, entries, hash""",
                2,
                (statement, first) -> {
                    statement.setString(first, AuditEntry.GENESIS);
                    ColumnArray.set(statement, first + 1, "text", ids, id -> id);
                },
                this::readHeads);
    }

    private void readHeads(ResultSet rows) throws SQLException {
        while (rows.next()) {
            heads.put(rows.getString(1), new Head(rows.getLong(2), rows.getString(3)));
        }
    }

    /** Appends the events in list order, to chains whose heads are locked. Any number of meshes, one multi-row insert. */
    public void add(Pipeline pipeline, List<PreparedEvent> events) {
        SortedMap<String, Head> moved = new TreeMap<>();
        List<Row> rows = new ArrayList<>(events.size());
        for (PreparedEvent event : events) {
            String meshId = event.event().meshId();
            Row row = next(event, head(meshId));
            rows.add(row);
            Head head = new Head(row.seq(), row.hash());
            heads.put(meshId, head);
            moved.put(meshId, head);
        }
        insert(pipeline, rows);
        moveHeads(pipeline, moved);
    }

    private Head head(String meshId) {
        Head head = heads.get(meshId);
        if (head == null) {
            throw new IllegalStateException("the chain of mesh " + meshId + " is not locked");
        }
        return head;
    }

    private static Row next(PreparedEvent event, Head head) {
        return new Row(event, head.entries() + 1, head.hash(), AuditEntry.hash(head.hash(), event.contentText()));
    }

    private static void insert(Pipeline pipeline, List<Row> rows) {
        pipeline.add("""
                INSERT INTO mesh.audit_log (mesh_id, seq, event_type, actor_member_id, actor_display_name, payload,
                    prev_hash, hash, created_at)
                SELECT mesh_id, seq, event_type, actor, actor_name, payload::jsonb, prev_hash, hash,
                    timestamptz 'epoch' + created_at * interval '1 millisecond'
                FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::bigint[]) WITH ORDINALITY
                    AS t (mesh_id, seq, event_type, actor, actor_name, payload, prev_hash, hash, created_at, position)
                ORDER BY position""", 9, (statement, first) -> {
            ColumnArray.set(statement, first, "text", rows, row -> row.event().meshId());
            ColumnArray.set(statement, first + 1, "int8", rows, Row::seq);
            ColumnArray.set(
                    statement, first + 2, "text", rows, row -> row.event().eventType());
            ColumnArray.set(
                    statement, first + 3, "text", rows, row -> row.event().actorMemberId());
            ColumnArray.set(
                    statement, first + 4, "text", rows, row -> row.event().actorDisplayName());
            ColumnArray.set(
                    statement, first + 5, "text", rows, row -> row.prepared().payloadText());
            ColumnArray.set(statement, first + 6, "text", rows, Row::previousHash);
            ColumnArray.set(statement, first + 7, "text", rows, Row::hash);
            ColumnArray.set(
                    statement, first + 8, "int8", rows, row -> row.event().at().toEpochMilli());
        });
    }

    private static void moveHeads(Pipeline pipeline, Map<String, Head> heads) {
        List<Map.Entry<String, Head>> moved = List.copyOf(heads.entrySet());
        pipeline.add("""
                UPDATE mesh.audit_head h SET entries = t.entries, hash = t.hash
                FROM unnest(?::text[], ?::bigint[], ?::text[]) AS t (mesh_id, entries, hash)
                WHERE h.mesh_id = t.mesh_id""", 3, (statement, first) -> {
            ColumnArray.set(statement, first, "text", moved, Map.Entry::getKey);
            ColumnArray.set(
                    statement, first + 1, "int8", moved, head -> head.getValue().entries());
            ColumnArray.set(
                    statement, first + 2, "text", moved, head -> head.getValue().hash());
        });
    }
}

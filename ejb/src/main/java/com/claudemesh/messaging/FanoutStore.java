package com.claudemesh.messaging;

import com.claudemesh.platform.ColumnArray;
import com.claudemesh.platform.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Fan-outs in PostgreSQL. Blocking; the caller owns the transaction. */
final class FanoutStore {
    private final String nodeName;

    FanoutStore(String nodeName) {
        this.nodeName = nodeName;
    }

    /** A fan-out to insert. */
    record NewFanout(long seq, List<String> memberIds) {}

    void insert(Pipeline pipeline, List<NewFanout> fanouts, Instant now, Instant claimExpiresAt) {
        pipeline.add("""
                INSERT INTO mesh.fanout (message_seq, claimed_by, claim_expires_at, member_ids, states, changed_at)
                SELECT seq, ?, ?, ids, decode(repeat('00', cardinality(ids)), 'hex'), ?
                FROM (SELECT seq, string_to_array(joined, ',') AS ids
                    FROM unnest(?::bigint[], ?::text[]) AS u (seq, joined)) AS t
                ON CONFLICT DO NOTHING""", 5, (statement, first) -> {
            statement.setString(first, nodeName);
            statement.setTimestamp(first + 1, Timestamp.from(claimExpiresAt));
            statement.setTimestamp(first + 2, Timestamp.from(now));
            ColumnArray.set(statement, first + 3, "int8", fanouts, NewFanout::seq);
            ColumnArray.set(statement, first + 4, "text", fanouts, fanout -> String.join(",", fanout.memberIds()));
        });
    }

    /** Writes how copies stand; a fan-out without open copies is settled. */
    void update(Pipeline pipeline, Collection<Fanout> fanouts, Instant now) {
        // The last condition: as MessageStore.STILL_OWED.
        pipeline.add("""
                UPDATE mesh.fanout f
                SET states = t.states, changed_at = t.at, settled_at = CASE WHEN t.settled THEN t.at END
                FROM (SELECT seq, states, settled, ?::timestamptz AS at
                    FROM unnest(?::bigint[], ?::bytea[], ?::boolean[]) AS u (seq, states, settled)) AS t
                WHERE f.message_seq = t.seq AND f.claimed_by = ?
                  AND coalesce(f.settled_at, 'infinity') = 'infinity'""", 5, (statement, first) -> {
            statement.setTimestamp(first, Timestamp.from(now));
            ColumnArray.set(statement, first + 1, "int8", fanouts, Fanout::seq);
            ColumnArray.set(statement, first + 2, "bytea", fanouts, Fanout::states);
            ColumnArray.set(statement, first + 3, "bool", fanouts, fanout -> fanout.open() == 0);
            statement.setString(first + 4, nodeName);
        });
    }

    /** Turns copies that could not be handed out into deliveries that anybody may claim. */
    void move(Pipeline pipeline, List<Mark> released) {
        pipeline.add("""
                INSERT INTO mesh.delivery (message_seq, member_id, priority, state)
                SELECT m.seq, t.member_id, m.priority, 'stored'
                FROM unnest(?::bigint[], ?::text[]) AS t (seq, member_id) JOIN mesh.message m ON m.seq = t.seq
                ON CONFLICT DO NOTHING""", 2, (statement, first) -> {
            ColumnArray.set(statement, first, "int8", released, Mark::seq);
            ColumnArray.set(statement, first + 1, "text", released, Mark::memberId);
        });
    }

    /** Turns what an earlier run of this node left open into deliveries; returns how many copies. */
    int takeOver(Connection connection, Instant now) throws SQLException {
        return takeOver(connection, nodeName, now);
    }

    /** Turns what nodes that are gone left open into deliveries; returns how many copies. */
    int takeOverExpired(Connection connection, Instant now) throws SQLException {
        return takeOver(connection, "", now);
    }

    private static int takeOver(Connection connection, String node, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                WITH left_open AS (
                    SELECT message_seq, member_ids, states FROM mesh.fanout
                    WHERE settled_at IS NULL AND (claimed_by = ? OR claim_expires_at < ?)
                    FOR UPDATE SKIP LOCKED),
                closed AS (
                    UPDATE mesh.fanout f SET settled_at = ?, changed_at = ?, states = (
                        SELECT decode(string_agg(CASE WHEN get_byte(l.states, i) < 2 THEN '04'
                            ELSE lpad(to_hex(get_byte(l.states, i)), 2, '0') END, '' ORDER BY i), 'hex')
                        FROM generate_series(0, length(l.states) - 1) AS i)
                    FROM left_open l WHERE f.message_seq = l.message_seq)
                INSERT INTO mesh.delivery (message_seq, member_id, priority, state)
                SELECT l.message_seq, copy.member_id, m.priority, 'stored'
                FROM left_open l
                JOIN mesh.message m ON m.seq = l.message_seq
                CROSS JOIN LATERAL unnest(l.member_ids) WITH ORDINALITY AS copy (member_id, position)
                WHERE get_byte(l.states, copy.position::int - 1) < 2
                ON CONFLICT DO NOTHING""")) {
            statement.setString(1, node);
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setTimestamp(3, Timestamp.from(now));
            statement.setTimestamp(4, Timestamp.from(now));
            return statement.executeUpdate();
        }
    }
}

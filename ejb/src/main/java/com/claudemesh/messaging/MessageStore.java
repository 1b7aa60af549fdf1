package com.claudemesh.messaging;

import com.claudemesh.platform.ColumnArray;
import com.claudemesh.platform.Pipeline;
import com.claudemesh.protocol.frame.DeliveryState;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.Priority;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages and deliveries in PostgreSQL, written many rows at a time. Blocking; the caller owns the transaction. */
final class MessageStore {
    /**
     * Means {@code settled_at IS NULL}, in words that the index of owed copies does not answer to. An idle server owes
     * nothing, so says its statistics; the planner would read everything that is owed once for every mark of a batch.
     */
    static final String STILL_OWED = "coalesce(d.settled_at, 'infinity') = 'infinity'";

    private static final String SETTLED = "settled_at = t.at, claimed_by = NULL, claim_expires_at = NULL";

    private record Column(String type, Function<Message, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("text", Message::id),
            new Column("text", Message::meshId),
            new Column("text", m -> m.sender().memberId()),
            new Column("text", m -> m.sender().memberPublicKey()),
            new Column("text", m -> m.sender().sessionPublicKey()),
            new Column("text", m -> m.sender().presenceId()),
            new Column("text", m -> m.sender().displayName()),
            new Column("text", Message::targetSpec),
            new Column("text", m -> m.priority().wire()),
            new Column("bytea", m -> m.nonce().getBytes(StandardCharsets.UTF_8)),
            new Column("bytea", m -> m.ciphertext().getBytes(StandardCharsets.UTF_8)),
            new Column("text", m -> m.extras().subtype()),
            new Column("text", m -> m.extras().clientMessageId()),
            new Column("text", m -> m.extras().requestFingerprint()),
            new Column("text", m -> m.extras().replyToId()),
            new Column("int4", m -> m.extras().bodyVersion()),
            new Column("int8", m -> m.createdAt().toEpochMilli()),
            new Column("int8", m -> m.expiresAt().toEpochMilli()));

    private final String nodeName;

    MessageStore(String nodeName) {
        this.nodeName = nodeName;
    }

    /** How one message of a batch fared. */
    sealed interface Inserted {
        record Fresh(long seq) implements Inserted {}

        /** The row is there under this very id: an earlier attempt of the same batch had been committed. */
        record AlreadyStored(long seq) implements Inserted {}

        record Duplicate(String firstMessageId, @Nullable String fingerprint) implements Inserted {}
    }

    /** The insertion of a batch, while its pipeline is under way. */
    final class Insertion {
        private final List<Message> messages;
        private final Map<String, Inserted> outcomes = new HashMap<>();

        private Insertion(List<Message> messages) {
            this.messages = messages;
        }

        private void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                outcomes.put(rows.getString(1), new Inserted.Fresh(rows.getLong(2)));
            }
        }

        /** What became of each message, by its id. After the pipeline has run; asks about those only that were refused. */
        Map<String, Inserted> outcomes(Connection connection) throws SQLException {
            List<Message> conflicting =
                    messages.stream().filter(m -> !outcomes.containsKey(m.id())).toList();
            if (!conflicting.isEmpty()) {
                outcomes.putAll(findConflicts(connection, conflicting));
            }
            return outcomes;
        }
    }

    /**
     * Inserts in list order, so that {@code seq} grows with it.
     *
     * @param mayRepeat whether some may be stored already, under this id or another; costs a third more. Otherwise one
     *     that is makes the insertion fail with {@link Writers#UNIQUE_VIOLATION}
     */
    Insertion insertMessages(Pipeline pipeline, List<Message> messages, boolean mayRepeat) {
        Insertion insertion = new Insertion(messages);
        pipeline.ask(
                """
                INSERT INTO mesh.message (id, mesh_id, sender_member_id, sender_member_pubkey, sender_session_pubkey,
                    sender_presence_id, sender_name, target_spec, priority, nonce, ciphertext, subtype,
                    client_message_id, request_fingerprint, reply_to_id, body_version, created_at, expires_at)
                SELECT id, mesh_id, sender, sender_key, sender_session, sender_presence, sender_name, target, priority,
                    nonce, ciphertext, subtype, client_id, fingerprint, reply_to, body_version,
                    timestamptz 'epoch' + created_at * interval '1 millisecond',
                    timestamptz 'epoch' + expires_at * interval '1 millisecond'
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[],
                    ?::bigint[], ?::bigint[])
                    WITH ORDINALITY AS t (id, mesh_id, sender, sender_key, sender_session, sender_presence, sender_name,
                        target, priority, nonce, ciphertext, subtype, client_id, fingerprint, reply_to, body_version,
                        created_at, expires_at, position)
                ORDER BY position
                """ + (mayRepeat ? "ON CONFLICT DO NOTHING\n" : "") + "RETURNING id, seq",
                18,
                (statement, first) -> bindMessages(statement, first, messages),
                insertion::read);
        return insertion;
    }

    private static void bindMessages(PreparedStatement statement, int first, List<Message> messages)
            throws SQLException {
        for (int i = 0; i < COLUMNS.size(); i++) {
            Column column = COLUMNS.get(i);
            ColumnArray.set(statement, first + i, column.type(), messages, column.value());
        }
    }

    private Map<String, Inserted> findConflicts(Connection connection, List<Message> messages) throws SQLException {
        Map<String, Inserted> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT wanted.id, m.id, m.seq, m.request_fingerprint
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS wanted (id, mesh_id, sender, client_id)
                JOIN mesh.message m ON m.id = wanted.id
                  OR (m.mesh_id = wanted.mesh_id AND m.sender_member_id = wanted.sender
                      AND m.client_message_id = wanted.client_id)""")) {
            ColumnArray.set(statement, 1, "text", messages, Message::id);
            ColumnArray.set(statement, 2, "text", messages, Message::meshId);
            ColumnArray.set(statement, 3, "text", messages, m -> m.sender().memberId());
            ColumnArray.set(statement, 4, "text", messages, m -> m.extras().clientMessageId());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String wanted = rows.getString(1);
                    found.put(
                            wanted,
                            wanted.equals(rows.getString(2))
                                    ? new Inserted.AlreadyStored(rows.getLong(3))
                                    : new Inserted.Duplicate(rows.getString(2), rows.getString(4)));
                }
            }
        }
        return found;
    }

    /** A delivery row to insert. */
    record NewDelivery(long seq, Recipient recipient, Priority priority, boolean claimed) {}

    /** Inserts deliveries; those to be handed out by this node are claimed until {@code claimExpiresAt}. */
    void insertDeliveries(Pipeline pipeline, List<NewDelivery> rows, Instant claimExpiresAt) {
        pipeline.add("""
                INSERT INTO mesh.delivery (message_seq, member_id, session_pubkey, priority, state, claimed_by,
                    claim_expires_at)
                SELECT seq, member_id, session_pubkey, priority, 'stored',
                    CASE WHEN claimed THEN ? END, CASE WHEN claimed THEN ?::timestamptz END
                FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                    AS t (seq, member_id, session_pubkey, priority, claimed)""", 7, (statement, first) -> {
            statement.setString(first, nodeName);
            statement.setTimestamp(first + 1, Timestamp.from(claimExpiresAt));
            ColumnArray.set(statement, first + 2, "int8", rows, NewDelivery::seq);
            ColumnArray.set(
                    statement, first + 3, "text", rows, row -> row.recipient().memberId());
            ColumnArray.set(
                    statement, first + 4, "text", rows, row -> row.recipient().sessionPublicKey());
            ColumnArray.set(
                    statement, first + 5, "text", rows, row -> row.priority().wire());
            ColumnArray.set(statement, first + 6, "bool", rows, NewDelivery::claimed);
        });
    }

    /** Applies marks of one kind. */
    void mark(Pipeline pipeline, Mark.Kind kind, List<Mark> marks, Instant now) {
        if (kind == Mark.Kind.RECEIVED_BY_ID) {
            markReceivedById(pipeline, marks, now);
            return;
        }
        String change =
                switch (kind) {
                    case RELEASED -> "claimed_by = NULL, claim_expires_at = NULL";
                    case SENT -> "state = 'sent', sent_at = coalesce(d.sent_at, t.at)";
                    case SENT_SETTLED -> "state = 'sent', sent_at = t.at, " + SETTLED;
                    case RECEIVED -> "state = 'received', sent_at = coalesce(d.sent_at, t.at), " + SETTLED;
                    case FAILED -> "state = 'failed', failure = t.failure, " + SETTLED;
                    case RECEIVED_BY_ID -> throw new IllegalStateException("handled above");
                };
        pipeline.add("UPDATE mesh.delivery d SET " + change + """

                FROM (SELECT seq, member_id, failure, ?::timestamptz AS at
                    FROM unnest(?::bigint[], ?::text[], ?::text[]) AS u (seq, member_id, failure)) AS t
                WHERE d.message_seq = t.seq AND d.member_id = t.member_id AND\s""" + STILL_OWED, 4, (statement, first) -> {
            statement.setTimestamp(first, Timestamp.from(now));
            ColumnArray.set(statement, first + 1, "int8", marks, Mark::seq);
            ColumnArray.set(statement, first + 2, "text", marks, Mark::memberId);
            ColumnArray.set(
                    statement,
                    first + 3,
                    "text",
                    marks,
                    mark -> mark.failure() == null ? null : mark.failure().wire());
        });
    }

    private static void markReceivedById(Pipeline pipeline, List<Mark> marks, Instant now) {
        pipeline.add("""
                UPDATE mesh.delivery d
                SET state = 'received', sent_at = coalesce(d.sent_at, ?), settled_at = ?, claimed_by = NULL,
                    claim_expires_at = NULL
                FROM unnest(?::text[], ?::text[]) AS t (id, member_id), mesh.message m
                WHERE m.id = t.id AND d.message_seq = m.seq AND d.member_id = t.member_id AND\s""" + STILL_OWED, 4, (statement, first) -> {
            statement.setTimestamp(first, Timestamp.from(now));
            statement.setTimestamp(first + 1, Timestamp.from(now));
            ColumnArray.set(statement, first + 2, "text", marks, Mark::messageId);
            ColumnArray.set(statement, first + 3, "text", marks, Mark::memberId);
        });
    }

    /** Claims a member's oldest owed copies that the gate lets through for this node, in order. */
    List<Delivery> claim(
            Connection connection, String memberId, Gate gate, int maxRows, Instant now, Instant claimExpiresAt)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE mesh.delivery d SET claimed_by = ?, claim_expires_at = ?
                FROM mesh.message m
                WHERE m.seq = d.message_seq AND d.member_id = ? AND d.message_seq IN (
                    SELECT o.message_seq FROM mesh.delivery o JOIN mesh.message om ON om.seq = o.message_seq
                    WHERE o.member_id = ? AND o.settled_at IS NULL
                      AND (o.claimed_by IS NULL OR o.claim_expires_at < ?)
                      AND om.expires_at > ? AND om.sender_presence_id IS DISTINCT FROM ?
                      AND CASE WHEN left(om.target_spec, 1) IN ('*', '@') THEN ?
                          ELSE (o.session_pubkey IS NULL OR o.session_pubkey <> ALL (?::text[]))
                            AND (o.priority = 'now'
                              OR (? AND (o.session_pubkey IS NULL OR o.session_pubkey <> ALL (?::text[]))))
                          END
                    ORDER BY o.message_seq LIMIT ? FOR UPDATE OF o SKIP LOCKED)
                RETURNING d.message_seq, d.session_pubkey, m.id, m.mesh_id, m.sender_member_id,
                    m.sender_member_pubkey, m.sender_session_pubkey, m.sender_presence_id, m.sender_name, m.target_spec,
                    m.priority, m.nonce, m.ciphertext, m.subtype, m.client_message_id, m.request_fingerprint,
                    m.reply_to_id, m.body_version, m.created_at, m.expires_at,
                    CASE WHEN left(m.target_spec, 1) = '#' THEN (
                        SELECT json_build_object('topicId', t.id, 'topicName', t.name, 'keyEpoch', p.key_epoch,
                            'mentions', coalesce(p.mentions, '{}'), 'notified', '{}'::text[])::text
                        FROM mesh.topic t LEFT JOIN mesh.topic_message p ON p.id = m.id
                        WHERE t.id = substr(m.target_spec, 2)) END""")) {
            statement.setString(1, nodeName);
            statement.setTimestamp(2, Timestamp.from(claimExpiresAt));
            statement.setString(3, memberId);
            statement.setString(4, memberId);
            statement.setTimestamp(5, Timestamp.from(now));
            statement.setTimestamp(6, Timestamp.from(now));
            statement.setString(7, gate.onlyPresence());
            statement.setBoolean(8, gate.visible());
            ColumnArray.set(statement, 9, "text", gate.awaitedSessions(), key -> key);
            statement.setBoolean(10, gate.idle());
            ColumnArray.set(statement, 11, "text", gate.busySessions(), key -> key);
            statement.setInt(12, maxRows);
            List<Delivery> claimed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(delivery(rows, memberId));
                }
            }
            claimed.sort(Comparator.comparingLong(Delivery::seq));
            return claimed;
        }
    }

    private static Delivery delivery(ResultSet row, String memberId) throws SQLException {
        Message message = new Message(
                row.getString(3),
                row.getString(4),
                new Message.Sender(
                        row.getString(5), row.getString(6), row.getString(7), row.getString(8), row.getString(9)),
                row.getString(10),
                Priority.fromWire(row.getString(11)),
                new String(row.getBytes(12), StandardCharsets.UTF_8),
                new String(row.getBytes(13), StandardCharsets.UTF_8),
                new Message.Extras(
                        row.getString(14),
                        row.getString(15),
                        row.getString(16),
                        row.getString(17),
                        (Integer) row.getObject(18),
                        post(row.getString(21))),
                row.getTimestamp(19).toInstant(),
                row.getTimestamp(20).toInstant());
        return new Delivery(row.getLong(1), message, new Recipient(memberId, row.getString(2)));
    }

    private static Message.@Nullable Post post(@Nullable String json) throws SQLException {
        try {
            return json == null ? null : Json.mapper().readValue(json, Message.Post.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored post cannot be read", e);
        }
    }

    /** Those of the given members that are owed something nobody has claimed. */
    List<String> membersOwed(Connection connection, Collection<String> memberIds, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT wanted.member_id FROM unnest(?::text[]) AS wanted (member_id)
                WHERE EXISTS (SELECT 1 FROM mesh.delivery d
                    WHERE d.member_id = wanted.member_id AND d.settled_at IS NULL
                      AND (d.claimed_by IS NULL OR d.claim_expires_at < ?))""")) {
            ColumnArray.set(statement, 1, "text", memberIds, id -> id);
            statement.setTimestamp(2, Timestamp.from(now));
            List<String> owed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    owed.add(rows.getString(1));
                }
            }
            return owed;
        }
    }

    /** Frees what an earlier run of this node had claimed and not settled. */
    int releaseClaimsOfThisNode(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE mesh.delivery SET claimed_by = NULL, claim_expires_at = NULL
                WHERE claimed_by = ? AND settled_at IS NULL""")) {
            statement.setString(1, nodeName);
            return statement.executeUpdate();
        }
    }

    /** Settles as expired up to {@code maxRows} copies whose message outlived its time. */
    List<ReceiptNews> expire(Connection connection, Instant now, int maxRows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE mesh.delivery d SET state = 'expired', settled_at = ?, claimed_by = NULL, claim_expires_at = NULL
                FROM mesh.message m
                WHERE m.seq = d.message_seq AND (d.message_seq, d.member_id) IN (
                    SELECT o.message_seq, o.member_id FROM mesh.delivery o JOIN mesh.message om ON om.seq = o.message_seq
                    WHERE o.settled_at IS NULL AND om.expires_at <= ? LIMIT ? FOR UPDATE OF o SKIP LOCKED)
                RETURNING m.mesh_id, m.sender_member_id, m.id, m.client_message_id, d.member_id""")) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setInt(3, maxRows);
            List<ReceiptNews> expired = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    expired.add(new ReceiptNews(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            DeliveryState.EXPIRED,
                            null));
                }
            }
            return expired;
        }
    }

    /** Settles as failed up to {@code maxRows} copies owed to banned members; returns how many. */
    int failRevoked(Connection connection, Instant now, int maxRows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE mesh.delivery d SET state = 'failed', failure = 'recipient_gone', settled_at = ?,
                    claimed_by = NULL, claim_expires_at = NULL
                WHERE (d.message_seq, d.member_id) IN (
                    SELECT o.message_seq, o.member_id
                    FROM mesh.member m JOIN mesh.delivery o ON o.member_id = m.id
                    WHERE m.revoked_at IS NOT NULL AND o.settled_at IS NULL
                    LIMIT ? FOR UPDATE OF o SKIP LOCKED)""")) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setInt(2, maxRows);
            return statement.executeUpdate();
        }
    }

    /**
     * Deletes up to {@code maxRows} messages made before {@code before}, with their copies, of which nothing is owed and
     * nothing has ended after {@code deadBefore} without arriving; returns how many.
     */
    int purge(Connection connection, Instant before, Instant deadBefore, int maxRows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                WITH gone AS (
                    DELETE FROM mesh.message WHERE seq IN (
                        SELECT m.seq FROM mesh.message m
                        WHERE m.created_at < ? AND NOT EXISTS (
                            SELECT 1 FROM mesh.delivery d WHERE d.message_seq = m.seq
                              AND (d.settled_at IS NULL OR (d.state IN ('expired', 'failed') AND d.settled_at > ?)))
                          AND NOT EXISTS (
                            SELECT 1 FROM mesh.fanout f WHERE f.message_seq = m.seq AND f.settled_at IS NULL)
                        ORDER BY m.seq LIMIT ? FOR UPDATE SKIP LOCKED)
                    RETURNING seq),
                copies AS (DELETE FROM mesh.delivery d USING gone WHERE d.message_seq = gone.seq),
                fanouts AS (DELETE FROM mesh.fanout f USING gone WHERE f.message_seq = gone.seq)
                SELECT count(*) FROM gone""")) {
            statement.setTimestamp(1, Timestamp.from(before));
            statement.setTimestamp(2, Timestamp.from(deadBefore));
            statement.setInt(3, maxRows);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** How many copies are owed. */
    long owed(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM mesh.delivery WHERE settled_at IS NULL");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}

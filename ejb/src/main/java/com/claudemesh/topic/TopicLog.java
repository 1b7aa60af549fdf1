package com.claudemesh.topic;

import com.claudemesh.messaging.Message;
import com.claudemesh.platform.ColumnArray;
import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.id.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives posts their places and keeps them, many at a time, in the transaction that stores them as messages. */
final class TopicLog {
    /** What of a text is searched; the rest is only read. */
    private static final int MAX_SEARCHED_CHARS = 16_384;

    private TopicLog() {}

    /** Keeps the posts in list order and returns them with their places. */
    static List<TopicPost> append(Connection connection, List<Message> messages) throws SQLException {
        Map<String, Long> lastPlaces = takePlaces(connection, messages);
        List<TopicPost> posts = new ArrayList<>(messages.size());
        for (int i = messages.size() - 1; i >= 0; i--) {
            Message message = messages.get(i);
            long place = lastPlaces.merge(topicId(message), -1L, Long::sum) + 1;
            posts.add(0, post(message, place));
        }
        insert(connection, posts);
        notify(connection, messages);
        return posts;
    }

    private static String topicId(Message message) {
        return part(message).topicId();
    }

    private static Message.Post part(Message message) {
        Message.Post post = message.extras().post();
        if (post == null) {
            throw new IllegalArgumentException("not a post: " + message.id());
        }
        return post;
    }

    /**
     * Moves the positions of the topics and returns where they are now. One statement takes the locks in the order of topic
     * ids: no two journals can wait for each other.
     */
    private static Map<String, Long> takePlaces(Connection connection, List<Message> messages) throws SQLException {
        SortedMap<String, Long> counts = new TreeMap<>();
        messages.forEach(message -> counts.merge(topicId(message), 1L, Long::sum));
        Map<String, Long> places = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.topic_position AS p (topic_id, last_sequence)
                SELECT id, posts FROM unnest(?::text[], ?::bigint[]) AS t (id, posts) ORDER BY id
                ON CONFLICT (topic_id) DO UPDATE SET last_sequence = p.last_sequence + excluded.last_sequence
                RETURNING topic_id, last_sequence""")) {
            ColumnArray.set(statement, 1, "text", counts.keySet(), id -> id);
            ColumnArray.set(statement, 2, "int8", counts.values(), posts -> posts);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    places.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return places;
    }

    private static TopicPost post(Message message, long place) {
        Message.Post post = part(message);
        Integer version = message.extras().bodyVersion();
        return new TopicPost(
                post.topicId(),
                place,
                message.id(),
                message.sender().memberId(),
                message.sender().memberPublicKey(),
                message.sender().sessionPublicKey(),
                message.sender().displayName(),
                message.nonce(),
                message.ciphertext(),
                version == null ? 1 : version,
                post.keyEpoch(),
                message.extras().replyToId(),
                post.mentions(),
                message.createdAt());
    }

    private static void insert(Connection connection, List<TopicPost> posts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO mesh.topic_message (topic_id, sequence, id, sender_member_id, sender_member_pubkey,
                    sender_session_pubkey, sender_name, nonce, ciphertext, body_version, key_epoch, reply_to_id, mentions,
                    created_at, search)
                SELECT topic_id, sequence, id, sender, sender_key, sender_session, sender_name, nonce, ciphertext,
                    body_version, key_epoch, reply_to, ARRAY(SELECT jsonb_array_elements_text(mentions::jsonb)),
                    timestamptz 'epoch' + created_at * interval '1 millisecond', to_tsvector('simple', searched)
                FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[],
                    ?::bytea[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                    AS t (topic_id, sequence, id, sender, sender_key, sender_session, sender_name, nonce, ciphertext,
                        body_version, key_epoch, reply_to, mentions, created_at, searched)""")) {
            List<Column> columns = List.of(
                    new Column("text", TopicPost::topicId),
                    new Column("int8", TopicPost::sequence),
                    new Column("text", TopicPost::id),
                    new Column("text", TopicPost::senderMemberId),
                    new Column("text", TopicPost::senderMemberPublicKey),
                    new Column("text", TopicPost::senderSessionPublicKey),
                    new Column("text", TopicPost::senderName),
                    new Column("bytea", post -> post.nonce().getBytes(StandardCharsets.UTF_8)),
                    new Column("bytea", post -> post.ciphertext().getBytes(StandardCharsets.UTF_8)),
                    new Column("int4", TopicPost::bodyVersion),
                    new Column("int4", TopicPost::keyEpoch),
                    new Column("text", TopicPost::replyToId),
                    new Column("text", post -> json(post.mentions())),
                    new Column("int8", post -> post.createdAt().toEpochMilli()),
                    new Column("text", TopicLog::searched));
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                ColumnArray.set(statement, i + 1, column.type(), posts, column.value());
            }
            statement.executeUpdate();
        }
    }

    private record Column(String type, Function<TopicPost, @Nullable Object> value) {}

    private static String json(List<String> texts) {
        try {
            return Json.mapper().writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("mentions cannot be written", e);
        }
    }

    /** What the server can read of a post. */
    static String searched(TopicPost post) {
        StringBuilder text = new StringBuilder(post.senderName());
        post.mentions().forEach(name -> text.append(' ').append(name));
        if (post.bodyVersion() == 1) {
            String body = new String(Base64Text.decodeLenient(post.ciphertext()), StandardCharsets.UTF_8);
            text.append(' ').append(body, 0, Math.min(body.length(), MAX_SEARCHED_CHARS));
        }
        return text.toString().replace('\0', ' ');
    }

    private static void notify(Connection connection, List<Message> messages) throws SQLException {
        for (Message message : messages) {
            Message.Post post = part(message);
            if (post.notified().isEmpty()) {
                continue;
            }
            Sql.update(
                    connection,
                    """
                    INSERT INTO mesh.notification (id, mesh_id, topic_id, message_id, recipient_member_id,
                        sender_member_id, created_at)
                    SELECT id, ?, ?, ?, recipient, ?, ? FROM unnest(?, ?) AS t (id, recipient)
                    ON CONFLICT DO NOTHING""",
                    message.meshId(),
                    post.topicId(),
                    message.id(),
                    message.sender().memberId(),
                    message.createdAt(),
                    post.notified().stream().map(id -> Ids.next()).toArray(String[]::new),
                    post.notified().toArray(String[]::new));
        }
    }
}

package com.claudemesh.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicOverviewTest {
    private static final Transactions TRANSACTIONS = new Transactions(TestDatabase.fresh());
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static int topics;

    private final TopicOverview overview = new TopicOverview(TRANSACTIONS);
    private String one;
    private String two;

    @BeforeEach
    void newTopics() {
        one = "topic-" + ++topics;
        two = "topic-" + ++topics;
    }

    @Test
    void lastPosts_silentTopic_isNotInIt() {
        post(one, 1, "alice", NOON);
        post(one, 2, "bob", NOON.plusSeconds(1));

        assertThat(overview.lastPosts(List.of(one, two))).isEqualTo(Map.of(one, NOON.plusSeconds(1)));
        assertThat(overview.lastPosts(List.of())).isEmpty();
    }

    @Test
    void newest_severalTopics_areMixedNewestFirst() {
        post(one, 1, "bob", NOON);
        post(two, 1, "bob", NOON.plusSeconds(1));
        post(one, 2, "bob", NOON.plusSeconds(2));

        assertThat(overview.newest(List.of(one, two), List.of(), NOON, 10))
                .extracting(TopicPost::id)
                .containsExactly(one + "-2", two + "-1", one + "-1");
    }

    @Test
    void newest_ownAndEarlierPosts_areLeftOut() {
        post(one, 1, "bob", NOON.minusSeconds(1));
        post(one, 2, "alice", NOON);
        post(one, 3, "bob", NOON);

        assertThat(overview.newest(List.of(one), List.of("alice"), NOON, 10))
                .extracting(TopicPost::sequence)
                .containsExactly(3L);
    }

    @Test
    void newest_moreThanAskedFor_areTheNewest() {
        for (int i = 1; i <= 5; i++) {
            post(one, i, "bob", NOON.plusSeconds(i));
        }

        assertThat(overview.newest(List.of(one), List.of(), NOON, 2))
                .extracting(TopicPost::sequence)
                .containsExactly(5L, 4L);
    }

    @Test
    void newest_topicsThatWereNotAskedFor_areNotInIt() {
        post(one, 1, "bob", NOON);
        post(two, 1, "bob", NOON);

        assertThat(overview.newest(List.of(two), List.of(), NOON, 10))
                .extracting(TopicPost::topicId)
                .containsExactly(two);
    }

    private static void post(String topic, long sequence, String sender, Instant at) {
        TRANSACTIONS.execute(connection ->
                Sql.update(connection, """
                INSERT INTO mesh.topic_message (topic_id, sequence, id, sender_member_id, sender_member_pubkey, sender_name,
                    nonce, ciphertext, created_at, search)
                VALUES (?, ?, ?, ?, ?, 'bob', 'n', 'c', ?, to_tsvector('simple', 'x'))""", topic, sequence, topic + "-" + sequence, sender, "ab".repeat(32), at));
    }
}

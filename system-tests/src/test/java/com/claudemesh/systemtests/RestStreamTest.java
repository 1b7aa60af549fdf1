package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.SseReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams of a topic: resumed without gap or repetition, and ended with what they are made of. */
class RestStreamTest extends RestScenario {
    @Test
    void stream_reconnectedWithTheLastId_goesOnWithoutGapOrRepetition() {
        create(bob, topic, "public");
        RestClient client = key(bob, List.of("read", "send"));
        client.says(topic, "before");
        String first;
        String second;
        try (SseReader reader = client.stream(topic, null)) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
            assertThat(reader.header("Cache-Control")).isEqualTo("no-cache");
            SseReader.Event ready = reader.next("ready");
            assertThat(ready.json().path("topic").asText()).isEqualTo(topic);
            assertThat(ready.json().path("resumed").asBoolean()).isFalse();
            first = client.says(topic, "one");
            second = client.says(topic, "two");
            assertThat(reader.nextMessages(2)).containsExactly(first, second);
        }
        String third = client.says(topic, "three");

        try (SseReader reader = client.stream(topic, first)) {
            assertThat(reader.next("ready").json().path("resumed").asBoolean()).isTrue();
            String fourth = client.says(topic, "four");
            assertThat(reader.nextMessages(3)).containsExactly(second, third, fourth);
        }
    }

    @Test
    void stream_reconnectedBeforeAnythingWasPosted_missesNothing() {
        create(admin, topic, "public");
        RestClient client = key(admin, List.of("read", "send"));
        String place;
        try (SseReader reader = client.stream(topic, null)) {
            place = reader.next("ready").id();
        }
        String missed = client.says(topic, "while nobody was reading");

        try (SseReader reader = client.stream(topic, place)) {
            assertThat(reader.next("message").id()).isEqualTo(missed);
        }
    }

    @Test
    void stream_keyRevoked_ends() {
        RestClient client = key(admin, List.of("read"));
        try (SseReader reader = client.stream("general", null)) {
            reader.next("ready");

            admin.request(RawPeer.frame("apikey_revoke").put("id", client.id()));

            assertThat(reader.next("end").json().path("reason").asText()).isEqualTo("key_invalid");
            reader.awaitEnd();
        }
        assertThat(client.stream("general", null).status()).isEqualTo(401);
    }

    @Test
    void stream_topicArchivedOrIssuerBanned_ends() {
        create(admin, topic, "public");
        try (RawPeer erin = RawPeer.connect(server, mesh.member(4));
                SseReader ofAdmin = key(admin, List.of("read")).stream(topic, null);
                SseReader ofErin = key(erin, List.of("read")).stream("general", null)) {
            ofAdmin.next("ready");
            ofErin.next("ready");

            admin.request(RawPeer.frame("topic_archive").put("topic", topic));
            admin.request(RawPeer.frame("ban").put("target", mesh.member(4).publicKey()));

            assertThat(ofAdmin.next("end").json().path("reason").asText()).isEqualTo("topic_closed");
            ofErin.next("end");
            ofErin.awaitEnd();
        }
    }

    @Test
    void stream_moreThanAKeyMayHave_isRefused() {
        RestClient client = key(admin, List.of("read"));
        List<SseReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                readers.add(client.stream("general", null));
                readers.get(i).next("ready");
            }

            SseReader refused = client.stream("general", null);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            readers.forEach(SseReader::close);
        }
    }
}

package com.claudemesh.sdk.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicReader.Look;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
    private final KeyServer server = new KeyServer().with("alice", "bob").madeBy("alice");
    private final TopicKeeper alice = server.keeper("alice", new MemoryTopicKeyRing());
    private final TopicKeeper bob = server.keeper("bob", new MemoryTopicKeyRing());
    private final List<String> read = new ArrayList<>();
    private final TopicReader<TopicBody> reader = reader(10);

    private TopicReader<TopicBody> reader(int maxHeld) {
        return new TopicReader<>(bob, KeyServer.TOPIC, maxHeld, body -> body, (body, opened) -> read.add(text(opened)));
    }

    private static String text(Opened opened) {
        return opened instanceof Opened.Text text
                ? text.text()
                : opened.getClass().getSimpleName();
    }

    private TopicBody encrypted(String text) {
        return TopicBody.encrypted(text, ((KeyState.Held) alice.current(KeyServer.TOPIC)).key());
    }

    @Test
    void offer_readable_isHandedOnAtOnce() {
        reader.offer(TopicBody.plain("one"));

        assertThat(read).containsExactly("one");
        assertThat(reader.look()).isInstanceOf(Look.NothingMissing.class);
    }

    @Test
    void offer_keyMissing_holdsEverythingAfterIt() {
        reader.offer(encrypted("one"));
        reader.offer(TopicBody.plain("two"));

        assertThat(read).isEmpty();
        assertThat(reader.held()).isEqualTo(2);
        assertThat(reader.look()).isInstanceOf(Look.StillWaiting.class);
    }

    @Test
    void look_keyHasCome_handsOnInOrder() {
        reader.offer(encrypted("one"));
        reader.offer(TopicBody.plain("two"));
        reader.offer(encrypted("three"));
        alice.sealForWaiting(KeyServer.TOPIC);

        assertThat(reader.look()).isInstanceOf(Look.Found.class);
        assertThat(read).containsExactly("one", "two", "three");
        assertThat(reader.look()).isInstanceOf(Look.NothingMissing.class);
    }

    @Test
    void look_postFromBeforeTheFirstKey_isGivenUp() {
        TopicBody old = TopicBody.encrypted("old", new TopicKey(1, TopicKeys.generate(), "x", "x"));
        server.with("carol");
        server.leaves("carol");
        KeyState next = alice.rotate(KeyServer.TOPIC, (KeyState.Held) alice.current(KeyServer.TOPIC));
        server.sealedFor("bob", "alice", ((KeyState.Held) next).key());
        reader.offer(old);
        reader.offer(encrypted("new"));

        Look first = reader.look();
        Look second = reader.look();

        assertThat(List.of(first, second)).hasAtLeastOneElementOfType(Look.GaveUp.class);
        assertThat(read).containsExactly("OutOfReach", "new");
    }

    @Test
    void offer_beyondTheLimit_handsTheOldestOnUnopened() {
        TopicReader<TopicBody> small = reader(1);

        small.offer(encrypted("one"));
        small.offer(encrypted("two"));

        assertThat(read).containsExactly("KeyMissing");
        assertThat(small.held()).isEqualTo(1);
    }

    @Test
    void flush_held_handsOnUnopened() {
        reader.offer(encrypted("one"));
        reader.offer(TopicBody.plain("two"));

        reader.flush();

        assertThat(read).containsExactly("KeyMissing", "two");
    }
}

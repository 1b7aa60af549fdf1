package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.sdk.IncomingMessage.Kind;
import com.claudemesh.sdk.topic.MemoryTopicKeyRing;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.claudemesh.sdk.topic.TopicPost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageOpenerTest {
    private final MessageOpener opener =
            new MessageOpener(new DirectMessageCipher(Clients.OWN.secretHex()), null, new MemoryTopicKeyRing());

    private IncomingMessage open(Sealed body, String target, Integer bodyVersion) {
        Push push = new Push(
                "m1",
                Clients.MESH,
                Clients.OTHER.publicHex(),
                Priority.NOW,
                body.nonce(),
                body.ciphertext(),
                "2026-01-01T00:00:00.000Z",
                null,
                null,
                null,
                null,
                null,
                null,
                target,
                null,
                null,
                null,
                null,
                bodyVersion);
        return opener.open(push, "2026-01-01T00:00:01.000Z");
    }

    private static Sealed encrypted(String text) {
        return DirectMessage.encrypt(text, Clients.OWN.publicHex(), Clients.OTHER.secretHex());
    }

    @ParameterizedTest
    @CsvSource({"*,BROADCAST", "@all,BROADCAST", "@dev,GROUP", "#topic,TOPIC", "tag:x,UNKNOWN", "'',UNKNOWN"})
    void target_tellsTheKind(String target, Kind kind) {
        IncomingMessage message = open(PlaintextBody.encode("text"), target, null);

        assertThat(message.kind()).isEqualTo(kind);
        assertThat(message.text()).isEqualTo("text");
        assertThat(message.encrypted()).isFalse();
    }

    @Test
    void direct_readableText_isNotShown() {
        IncomingMessage message = open(PlaintextBody.encode("forged"), Clients.OWN.publicHex(), null);

        assertThat(message.text()).isNull();
        assertThat(message.encrypted()).isTrue();
    }

    @Test
    void reminder_withoutNonce_isReadButNotCalledEncrypted() {
        Sealed reminder = new Sealed("", PlaintextBody.encode("wake up").ciphertext());

        IncomingMessage message = open(reminder, Clients.OWN.publicHex(), null);

        assertThat(message.text()).isEqualTo("wake up");
        assertThat(message.encrypted()).isFalse();
    }

    @Test
    void untargeted_encryptedText_isDirect() {
        IncomingMessage message = open(encrypted("secret"), null, null);

        assertThat(message.kind()).isEqualTo(Kind.DIRECT);
        assertThat(message.text()).isEqualTo("secret");
    }

    @Test
    void topic_ofAnEncryptedBodyVersion_isNotShownAsText() {
        IncomingMessage message = open(PlaintextBody.encode("looks like text"), "#topic", 2);

        assertThat(message.text()).isNull();
        assertThat(message.encrypted()).isTrue();
    }

    @Test
    void topic_keyInTheRing_isRead() {
        MemoryTopicKeyRing ring = new MemoryTopicKeyRing();
        TopicKey key = new TopicKey(2, TopicKeys.generate(), "a", "alice");
        IncomingMessage before = openPost(ring, TopicBody.encrypted("hi", key));
        ring.keep(Clients.MESH, "topic1", key);

        IncomingMessage after = openPost(ring, TopicBody.encrypted("hi", key));

        assertThat(before.text()).isNull();
        assertThat(before.post().unopened().keyEpoch()).isEqualTo(2);
        assertThat(after.text()).isEqualTo("hi");
        assertThat(after.encrypted()).isTrue();
        assertThat(after.post()).isEqualTo(new TopicPost("topic1", "ops", List.of("carol"), null));
        assertThat(before.opened("hi")).isEqualTo(after);
    }

    private static IncomingMessage openPost(TopicKeyRing ring, TopicBody body) {
        Push push = new Push(
                "m1",
                Clients.MESH,
                Clients.OTHER.publicHex(),
                Priority.NOW,
                body.nonce(),
                body.ciphertext(),
                "2026-01-01T00:00:00.000Z",
                null,
                null,
                null,
                null,
                null,
                null,
                "#topic1",
                "ops",
                null,
                null,
                null,
                body.bodyVersion(),
                "topic1",
                body.keyEpoch(),
                List.of("carol"));
        return new MessageOpener(new DirectMessageCipher(Clients.OWN.secretHex()), null, ring)
                .open(push, "2026-01-01T00:00:01.000Z");
    }
}

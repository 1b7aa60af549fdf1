package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.DirectMessage;
import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.PlaintextBody;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.sdk.IncomingMessage.Kind;
import com.claudemesh.sdk.topic.MemoryTopicKeyRing;
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
}

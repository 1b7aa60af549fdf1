package com.claudemesh.sdk.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicBodyTest {
    private final TopicKey key = new TopicKey(3, TopicKeys.generate(), "a", "alice");

    private Opened open(TopicBody body) {
        return body.open(epoch -> epoch == 3 ? Optional.of(key) : Optional.empty());
    }

    @Test
    void plain_text_isReadAndNotCalledEncrypted() {
        assertThat(open(TopicBody.plain("grüß"))).isEqualTo(new Opened.Text("grüß", false));
    }

    @Test
    void encrypted_text_isReadWithItsKeyOnly() {
        TopicBody body = TopicBody.encrypted("grüß", key);

        assertThat(body.bodyVersion()).isEqualTo(2);
        assertThat(body.keyEpoch()).isEqualTo(3);
        assertThat(open(body)).isEqualTo(new Opened.Text("grüß", true));
        TopicKey other = new TopicKey(3, TopicKeys.generate(), "a", "alice");
        assertThat(body.open(epoch -> Optional.of(other))).isInstanceOf(Opened.Unreadable.class);
    }

    @Test
    void encrypted_keyNotHeld_isMissing() {
        TopicBody body = TopicBody.encrypted("x", new TopicKey(4, TopicKeys.generate(), "a", "alice"));

        assertThat(open(body)).isEqualTo(new Opened.KeyMissing(4));
    }

    @Test
    void encrypted_withoutEpoch_needsTheFirstKey() {
        assertThat(open(new TopicBody(2, null, "", ""))).isEqualTo(new Opened.KeyMissing(1));
    }

    @Test
    void unknownVersion_isUnreadable() {
        assertThat(open(new TopicBody(3, 3, "", ""))).isInstanceOf(Opened.Unreadable.class);
    }

    @Test
    void key_malformed_isRefusedAndNeverShown() {
        assertThatThrownBy(() -> new TopicKey(0, new byte[32], "a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TopicKey(1, new byte[31], "a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TopicKey(1, new byte[32], "ab", "alice").toString()).isEqualTo("TopicKey[epoch=1, sealedBy=ab]");
    }
}

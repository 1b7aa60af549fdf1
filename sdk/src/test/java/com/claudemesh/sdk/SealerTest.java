package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.DirectMessageCipher;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealerTest {
    @Test
    void post_underATopicsKey_tellsTheServerNothingOfItsText() throws Exception {
        TopicBody body = TopicBody.encrypted("the secret", new TopicKey(2, TopicKeys.generate(), "a", "alice"));
        OutgoingMessage post =
                new OutgoingMessage("#topic1", "the secret", Priority.NEXT, "chosen", null, List.of("bob"), body);

        JsonNode frame =
                Json.mapper().readTree(new Sealer(new DirectMessageCipher(Clients.OWN.secretHex())).seal(post).text);

        assertThat(frame.path("ciphertext").asText()).isEqualTo(body.ciphertext());
        assertThat(frame.path("bodyVersion").asInt()).isEqualTo(2);
        assertThat(frame.path("keyEpoch").asInt()).isEqualTo(2);
        assertThat(frame.path("client_message_id").asText()).isEqualTo("chosen");
        assertThat(frame.path("mentions").get(0).asText()).isEqualTo("bob");
        // A fingerprint of a text lets whoever guesses it check the guess.
        assertThat(frame.hasNonNull("request_fingerprint")).isFalse();
    }
}

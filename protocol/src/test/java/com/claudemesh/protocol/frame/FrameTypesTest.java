package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTypesTest {

    @ParameterizedTest
    @CsvSource({
        "com.claudemesh.protocol.frame.Send, send",
        "com.claudemesh.protocol.frame.HelloAck, hello_ack",
        "com.claudemesh.protocol.frame.TopicMarkRead, topic_mark_read",
        "com.claudemesh.protocol.frame.ApiKeyListResponse, apikey_list_response",
        "com.claudemesh.protocol.frame.ErrorFrame, error",
        "com.claudemesh.protocol.frame.DeadLetters, dead_letters_result"
    })
    void nameOf_record_isWhatTheProtocolCallsIt(Class<?> record, String name) {
        assertThat(FrameTypes.nameOf(record)).isEqualTo(name);
    }

    @Test
    void family_client_hasEveryFrameOnce() {
        assertThat(FrameTypes.family(ClientFrame.class)).hasSameSizeAs(ClientFrame.class.getPermittedSubclasses());
    }
}

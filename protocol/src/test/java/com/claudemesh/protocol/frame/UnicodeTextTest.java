package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnicodeTextTest {

    private static String summaryOf(String json) {
        Decoded<ClientFrame> decoded = FrameCodec.forServer().decode(json);
        return ((SetSummary) ((Decoded.Known<ClientFrame>) decoded).frame()).summary();
    }

    @Test
    void decode_halfAPair_becomesTheReplacementCharacter() {
        assertThat(summaryOf("{\"type\":\"set_summary\",\"summary\":\"cut \\ud83d\"}"))
                .isEqualTo("cut \uFFFD");
        assertThat(summaryOf("{\"type\":\"set_summary\",\"summary\":\"\\uDE00\\uD83D turned\"}"))
                .isEqualTo("\uFFFD\uFFFD turned");
    }

    @Test
    void decode_wholePair_staysAsItIs() {
        assertThat(summaryOf("{\"type\":\"set_summary\",\"summary\":\"\\ud83d\\ude00 \uD83D\uDE00\"}"))
                .isEqualTo("\uD83D\uDE00 \uD83D\uDE00");
    }

    @Test
    void decode_escapedBackslash_isNoEscape() {
        assertThat(summaryOf("{\"type\":\"set_summary\",\"summary\":\"\\\\ud83d\"}"))
                .isEqualTo("\\ud83d");
    }

    @Test
    void decode_halfAPairInTheRequestId_isEchoedAsUnicode() {
        Decoded<ClientFrame> decoded =
                FrameCodec.forServer().decode("{\"type\":\"no_such\\ud800\",\"_reqId\":\"r\\udfff\"}");

        assertThat(decoded).isEqualTo(new Decoded.UnknownType<>("no_such\uFFFD", "r\uFFFD"));
    }

    @Test
    void decode_halfAPairDeepInside_isRepairedInNamesAndValues() throws Exception {
        var frame = (com.fasterxml.jackson.databind.node.ObjectNode)
                Json.mapper().readTree("{\"a\":[{\"k\\ud800\":\"v\\udc00\"},1,null]}");

        UnicodeText.repair(frame);

        assertThat(frame.toString()).isEqualTo("{\"a\":[{\"k\uFFFD\":\"v\uFFFD\"},1,null]}");
    }
}

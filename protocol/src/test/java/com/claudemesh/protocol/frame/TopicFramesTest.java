package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFramesTest {
    private final FrameCodec<ClientFrame> server = FrameCodec.forServer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'topic_create'}|name",
                "{'type':'topic_create','name':'Big'}|name",
                "{'type':'topic_create','name':'-x'}|name",
                "{'type':'topic_create','name':'a','visibility':'hidden'}|visibility",
                "{'type':'topic_create','name':'a','retentionDays':-1}|retentionDays",
                "{'type':'topic_create','name':'a','retentionDays':36501}|retentionDays",
                "{'type':'topic_join','topic':'','role':'lead'}|topic",
                "{'type':'topic_join','topic':'a','role':'boss'}|role",
                "{'type':'topic_leave'}|topic",
                "{'type':'topic_history','topic':'a','beforeId':'x','afterId':'y'}|afterId",
                "{'type':'topic_invite','topic':'a'}|member",
                "{'type':'topic_search','query':' '}|query",
                "{'type':'send','targetSpec':'#a','ciphertext':'x','mentions':['']}|mentions"
            })
    void frame_wrongField_isNamed(String json, String field) {
        assertThat(server.decode(json.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    @Test
    void create_nameOrDescriptionTooLong_isNamed() {
        assertThat(field("{\"type\":\"topic_create\",\"name\":\"" + "a".repeat(51) + "\"}"))
                .isEqualTo("name");
        assertThat(field("{\"type\":\"topic_create\",\"name\":\"a\",\"description\":\"" + "d".repeat(1_001) + "\"}"))
                .isEqualTo("description");
    }

    @Test
    void mentions_moreOrLongerThanAllowed_areNamed() {
        String many = "\"a\",".repeat(16) + "\"b\"";
        assertThat(field("{\"type\":\"send\",\"targetSpec\":\"#a\",\"ciphertext\":\"x\",\"mentions\":[" + many + "]}"))
                .isEqualTo("mentions");
        assertThat(field("{\"type\":\"send\",\"targetSpec\":\"#a\",\"ciphertext\":\"x\",\"mentions\":[\""
                        + "n".repeat(65) + "\"]}"))
                .isEqualTo("mentions");
    }

    @Test
    void mentions_areLowerCaseWithoutAtSignAndOnce() {
        Decoded<ClientFrame> decoded = server.decode(
                "{\"type\":\"send\",\"targetSpec\":\"#a\",\"ciphertext\":\"x\",\"mentions\":[\"@Bob\",\"bob\",\"Eve\"]}");

        assertThat(((Send) ((Decoded.Known<ClientFrame>) decoded).frame()).mentions())
                .containsExactly("bob", "eve");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-5,1", "7,7", "200,200", "201,200", "1000000,200"})
    void history_limit_isBroughtIntoBounds(int wish, int rows) {
        assertThat(new TopicHistory("a", wish, null, null, null).rows()).isEqualTo(rows);
        assertThat(new TopicHistory("a", null, null, null, null).rows()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "7,7", "50,50", "51,50"})
    void search_limit_isBroughtIntoBounds(int wish, int rows) {
        assertThat(new TopicSearch("a", wish).rows()).isEqualTo(rows);
        assertThat(new TopicSearch("a", null).rows()).isEqualTo(20);
    }

    @Test
    void search_tooLong_isNamed() {
        assertThat(field("{\"type\":\"topic_search\",\"query\":\"" + "q".repeat(257) + "\"}"))
                .isEqualTo("query");
    }

    @Test
    void listResponse_descriptionUnknown_isWrittenAsNullAndRoleLeftOut() {
        String json = FrameCodec.encode(new TopicListResponse(java.util.List.of(new TopicListResponse.Topic(
                "id", "a", null, TopicVisibility.DM, 1, "2026-01-01T00:00:00.000Z", null, 0, 0, false))));

        assertThat(json).contains("\"description\":null").doesNotContain("role").contains("\"visibility\":\"dm\"");
    }

    private String field(String json) {
        return ((Decoded.Invalid<ClientFrame>) server.decode(json)).field();
    }
}

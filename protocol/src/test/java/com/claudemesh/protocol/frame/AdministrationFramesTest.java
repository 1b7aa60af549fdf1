package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moderation, grants, overview and audit: wire protocol §2.15, §2.23, §2.24. */
class AdministrationFramesTest {
    private static final String KEY = "ab".repeat(32);
    private final FrameCodec<ClientFrame> server = FrameCodec.forServer();

    @Test
    void kick_everyForm_isDecoded() {
        assertThat(decoded("{\"type\":\"kick\",\"all\":true}")).isEqualTo(new Kick(true, null, null));
        assertThat(decoded("{\"type\":\"kick\",\"stale\":60000}")).isEqualTo(new Kick(null, 60_000L, null));
        assertThat(decoded("{\"type\":\"disconnect\",\"target\":\"bob\"}"))
                .isEqualTo(new Disconnect(null, null, "bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"60\"", "1.5", "1e30", "[]"})
    void kick_staleNotAPositiveNumber_namesTheField(String stale) {
        assertInvalid("{\"type\":\"kick\",\"stale\":" + stale + "}", "stale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "disconnect", "ban", "unban"})
    void moderation_targetTooLongOrOfAnotherType_namesTheField(String type) {
        assertInvalid("{\"type\":\"" + type + "\",\"target\":\"" + "x".repeat(257) + "\"}", "target");
        assertInvalid("{\"type\":\"" + type + "\",\"target\":7}", "target");
    }

    @Test
    void ban_withoutTarget_isDecodedSoThatTheAnswerCanSayInvalid() {
        assertThat(decoded("{\"type\":\"ban\"}")).isEqualTo(new Ban(null));
    }

    @Test
    void kickAck_nobodySkipped_leavesTheFieldOut() {
        assertThat(FrameCodec.encode(KickAck.of(List.of("bob"), List.of())))
                .isEqualTo("{\"type\":\"kick_ack\",\"kicked\":[\"bob\"],\"affected\":[\"bob\"]}");
        assertThat(FrameCodec.encode(KickAck.of(List.of(), List.of("daemon"))))
                .isEqualTo(
                        "{\"type\":\"kick_ack\",\"kicked\":[],\"affected\":[],\"skipped_control_plane\":[\"daemon\"]}");
    }

    @Test
    void setGrants_listEmptyListAndNull_areThreeThings() {
        Map<String, List<Grant>> expected = new LinkedHashMap<>();
        expected.put(KEY, List.of(Grant.DM, Grant.STATE_READ));
        expected.put("cd".repeat(32), List.of());
        expected.put("ef".repeat(32), null);

        ClientFrame frame = decoded("{\"type\":\"set_grants\",\"grants\":{\"" + KEY + "\":[\"dm\",\"state-read\"],\""
                + "cd".repeat(32) + "\":[],\"" + "ef".repeat(32) + "\":null}}");

        assertThat(frame).isEqualTo(new SetGrants(expected));
        assertThat(server.decode(FrameCodec.encode(frame))).isEqualTo(new Decoded.Known<>(frame, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"bob\":[]}",
                "{\"AB\":[]}",
                "{\"KEY\":\"dm\"}",
                "{\"KEY\":[\"DM\"]}",
                "{\"KEY\":[\"everything\"]}",
                "{\"KEY\":[null]}",
                "{\"KEY\":[1]}",
                "{\"KEY\":[\"dm\",\"dm\",\"dm\",\"dm\",\"dm\",\"dm\",\"dm\"]}"
            })
    void setGrants_badKeyOrCapability_isInvalid(String grants) {
        assertThat(server.decode("{\"type\":\"set_grants\",\"grants\":" + grants.replace("KEY", KEY) + "}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).startsWith("grants"));
    }

    @Test
    void setGrants_unknownCapability_listsTheKnownOnes() {
        assertThat(server.decode("{\"type\":\"set_grants\",\"grants\":{\"" + KEY + "\":[\"all\"]}}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.message())
                                .isEqualTo(
                                        "grants: capabilities are read, dm, broadcast, state-read, state-write, file-read"));
    }

    @Test
    void setGrants_moreThanAThousandEntries_isInvalid() {
        assertThat(server.decode(FrameCodec.encode(new SetGrants(entries(1_000)))))
                .isInstanceOf(Decoded.Known.class);

        StringBuilder tooMany = new StringBuilder("{\"type\":\"set_grants\",\"grants\":{");
        IntStream.rangeClosed(0, 1_000)
                .forEach(i -> tooMany.append(i == 0 ? "" : ",").append(String.format("\"%064x\":[]", i)));
        assertInvalid(tooMany.append("}}").toString(), "grants");
    }

    private static Map<String, List<Grant>> entries(int count) {
        Map<String, List<Grant>> entries = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> entries.put(String.format("%064x", i), Collections.emptyList()));
        return entries;
    }

    @Test
    void auditQuery_nothingSaid_isTheNewestFifty() {
        AuditQuery query = (AuditQuery) decoded("{\"type\":\"audit_query\"}");

        assertThat(query.rows()).isEqualTo(50);
        assertThat(query.skipped()).isZero();
    }

    @Test
    void auditQuery_limitBeyondTheMaximum_isCutToIt() {
        assertThat(((AuditQuery) decoded("{\"type\":\"audit_query\",\"limit\":501}")).rows())
                .isEqualTo(500);
        assertThat(((AuditQuery) decoded("{\"type\":\"audit_query\",\"limit\":9007199254740993}")).rows())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,-1", "limit,\"10\"", "offset,-1", "offset,0.5", "eventType,7"})
    void auditQuery_badField_isNamed(String field, String value) {
        assertInvalid("{\"type\":\"audit_query\",\"" + field + "\":" + value + "}", field);
    }

    @Test
    void auditVerifyResult_intact_hasNoBrokenAt() {
        assertThat(FrameCodec.encode(new AuditVerifyResult(true, 3, null)))
                .isEqualTo("{\"type\":\"audit_verify_result\",\"valid\":true,\"entries\":3}");
    }

    @Test
    void meshInfoResult_emptyMesh_hasEveryField() {
        MeshInfoResult empty = new MeshInfoResult(
                "m",
                0,
                List.of(),
                List.of(),
                0,
                0,
                MeshInfoResult.Tasks.NONE,
                List.of(),
                List.of(),
                List.of(),
                "me",
                List.of());

        assertThat(FrameCodec.encode(empty))
                .isEqualTo("{\"type\":\"mesh_info_result\",\"mesh\":\"m\",\"peers\":0,\"groups\":[],\"stateKeys\":[],"
                        + "\"memoryCount\":0,\"fileCount\":0,\"tasks\":{\"open\":0,\"claimed\":0,\"done\":0},"
                        + "\"streams\":[],\"tables\":[],\"collections\":[],\"yourName\":\"me\",\"yourGroups\":[]}");
    }

    private ClientFrame decoded(String json) {
        return ((Decoded.Known<ClientFrame>) server.decode(json)).frame();
    }

    private void assertInvalid(String json, String field) {
        assertThat(server.decode(json))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }
}

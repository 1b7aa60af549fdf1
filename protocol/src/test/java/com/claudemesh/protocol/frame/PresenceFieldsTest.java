package com.claudemesh.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.Limits;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer says about itself: fields, bounds, merging. */
class PresenceFieldsTest {
    private final FrameCodec<ClientFrame> server = FrameCodec.forServer();

    @ParameterizedTest
    @CsvSource({"idle,IDLE", "working,WORKING", "dnd,DND"})
    void setStatus_ofTheProtocol_isDecoded(String text, Status status) {
        assertThat(decode("{'type':'set_status','status':'" + text + "'}"))
                .isEqualTo(new Decoded.Known<ClientFrame>(new SetStatus(status), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'set_status'}|status",
                "{'type':'set_status','status':'busy'}|status",
                "{'type':'set_status','status':'IDLE'}|status",
                "{'type':'set_visible'}|visible",
                "{'type':'set_visible','visible':'yes'}|visible",
                "{'type':'set_visible','visible':1}|visible",
                "{'type':'set_profile','title':7}|title",
                "{'type':'set_profile','capabilities':['a',null]}|capabilities",
                "{'type':'set_stats'}|stats",
                "{'type':'set_stats','stats':[]}|stats",
                "{'type':'set_stats','stats':{'messagesIn':-1}}|stats.messagesIn",
                "{'type':'set_stats','stats':{'errors':9007199254740992}}|stats.errors",
                "{'type':'set_stats','stats':{'toolCalls':1.5}}|stats.toolCalls",
                "{'type':'set_stats','stats':{'toolCalls':99999999999999999999999}}|stats.toolCalls",
                "{'type':'set_stats','stats':{'uptime':-0.5}}|stats.uptime",
                "{'type':'set_stats','stats':{'uptime':1e400}}|stats.uptime",
                "{'type':'join_group'}|name",
                "{'type':'join_group','name':'@eng'}|name",
                "{'type':'join_group','name':'all'}|name",
                "{'type':'join_group','name':''}|name",
                "{'type':'join_group','name':'eng; DROP TABLE'}|name",
                "{'type':'leave_group'}|name",
                "{'type':'leave_group','name':5}|name"
            })
    void field_missingOrWrong_isNamed(String frame, String field) {
        assertThat(decode(frame))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "set_profile,avatar," + Limits.MAX_AVATAR_CHARS,
        "set_profile,title," + Limits.MAX_TITLE_CHARS,
        "set_profile,bio," + Limits.MAX_BIO_CHARS,
        "set_summary,summary," + Limits.MAX_TEXT_CHARS,
        "leave_group,name," + Limits.MAX_NAME_CHARS,
        "join_group,name,64"
    })
    void text_atItsLimit_isAcceptedAndOneMoreIsNot(String type, String field, int limit) {
        assertThat(decode(frame(type, field, "x".repeat(limit)))).isInstanceOf(Decoded.Known.class);
        assertThat(decode(frame(type, field, "x".repeat(limit + 1))))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    @Test
    void role_longerThanItsLimit_isNamed() {
        String role = "x".repeat(Limits.MAX_GROUP_ROLE_CHARS + 1);
        assertThat(decode("{'type':'join_group','name':'eng','role':'" + role + "'}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("role"));
    }

    @Test
    void capabilities_moreThanAllowed_areRefused() {
        String many = "'x',".repeat(Limits.MAX_CAPABILITIES) + "'x'";
        assertThat(decode("{'type':'set_profile','capabilities':[" + many + "]}"))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("capabilities"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"set_summary,summary", "set_profile,bio", "leave_group,name"})
    void text_withTheCharacterThatDatabasesRefuse_isRefusedHere(String typeAndField) {
        String[] parts = typeAndField.split(",");
        assertThat(decode(frame(parts[0], parts[1], "a\\u0000b")))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.message()).isEqualTo(parts[1] + ": contains U+0000"));
    }

    @Test
    void stats_asReported_areKeptExactly() {
        assertThat(decode("{'type':'set_stats','stats':{'messagesIn':3,'uptime':12.5,'other':true}}"))
                .isEqualTo(new Decoded.Known<ClientFrame>(
                        new SetStats(new PeerStats(3L, null, null, new BigDecimal("12.5"), null)), null));
    }

    @Test
    void merge_absentParts_stayAndEmptyOnesAreCleared() {
        PeerProfile before = new PeerProfile("🦊", "Reviewer", "bio", List.of("java"));

        PeerProfile after = before.merged(new SetProfile(null, "Author", "", List.of()));

        assertThat(after).isEqualTo(new PeerProfile("🦊", "Author", null, null));
    }

    @Test
    void profile_everythingCleared_isEmpty() {
        PeerProfile profile = PeerProfile.EMPTY.merged(new SetProfile("a", null, null, null));
        assertThat(profile.isEmpty()).isFalse();

        assertThat(profile.merged(new SetProfile("", null, null, null)).isEmpty())
                .isTrue();
    }

    private Decoded<ClientFrame> decode(String singleQuoted) {
        return server.decode(singleQuoted.replace('\'', '"'));
    }

    private static String frame(String type, String field, String text) {
        return "{'type':'" + type + "','" + field + "':'" + text + "'}";
    }
}

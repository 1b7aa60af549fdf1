package com.claudemesh.cli.mcp;

import static com.claudemesh.cli.mcp.Arrivals.event;
import static com.claudemesh.cli.mcp.Arrivals.message;
import static com.claudemesh.cli.testing.Peers.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.IncomingMessage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelEventsTest {
    private static final Membership MESH =
            new Membership("mesh-crew", "me", "crew", "Crew", key('0'), "", "ws://127.0.0.1:9/ws", "", null, 1);

    private static ChannelEvent shown(IncomingMessage message) {
        return MessageEvents.shown(message, MESH, "bob");
    }

    private static String system(String name, String data) {
        return SystemEvents.of(event(name, data), MESH, TestHost.NOW)
                .orElseThrow()
                .content();
    }

    @Test
    void message_direct_isNameAndBody() {
        assertThat(shown(message("m1", "the build\nis green")).content()).isEqualTo("bob: the build\nis green");
    }

    @Test
    void message_meta_saysWhoSentWhatWhere() {
        assertThat(shown(message("m1", "hi")).meta())
                .containsEntry("from_id", key('1'))
                .containsEntry("from_name", "bob")
                .containsEntry("from_session_pubkey", key('1'))
                .containsEntry("from_member_pubkey", key('b'))
                .containsEntry("mesh_slug", "crew")
                .containsEntry("mesh_id", "mesh-crew")
                .containsEntry("priority", "next")
                .containsEntry("kind", "direct")
                .containsEntry("message_id", "m1")
                .containsEntry("client_message_id", "client-m1")
                .containsEntry("sent_at", "2026-03-01T11:59:59.000Z")
                .containsEntry("delivered_at", "2026-03-01T12:00:00.000Z")
                .containsEntry("encrypted", "true")
                .doesNotContainKeys("reply_to_id", "subtype");
    }

    @Test
    void notification_metaValues_areTextsUnderPlainNames() {
        var params = shown(message("m1", "hi")).notification().path("params");

        assertThat(params.path("content").isTextual()).isTrue();
        assertThat(params.path("meta").properties())
                .isNotEmpty()
                .allMatch(
                        entry -> entry.getValue().isTextual() && entry.getKey().matches("[A-Za-z_][A-Za-z0-9_]*"));
    }

    @ParameterizedTest
    @CsvSource({"NOW,[URGENT] bob: hi", "NEXT,bob: hi", "LOW,[low] bob: hi"})
    void message_priority_isABadge(Priority priority, String content) {
        assertThat(shown(message("m1", "hi", priority, Kind.DIRECT, key('0'), null))
                        .content())
                .isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({"BROADCAST,*,bob (broadcast): hi", "GROUP,@qa,bob (@qa): hi", "TOPIC,#t1,bob (#t1): hi"})
    void message_toMany_namesTheAddress(Kind kind, String target, String content) {
        assertThat(shown(message("m1", "hi", Priority.NEXT, kind, target, null)).content())
                .isEqualTo(content);
    }

    @Test
    void message_toAGroup_hasTheGroupInItsMeta() {
        assertThat(shown(message("m1", "hi", Priority.NEXT, Kind.GROUP, "@qa", null))
                        .meta())
                .containsEntry("kind", "group")
                .containsEntry("group", "qa")
                .containsEntry("encrypted", "false");
    }

    @Test
    void message_reminder_isNoUrgentOne() {
        ChannelEvent event = shown(message("m1", "stand up", Priority.NOW, Kind.DIRECT, key('0'), "reminder"));

        assertThat(event.content()).isEqualTo("[reminder] bob: stand up");
        assertThat(event.meta()).containsEntry("subtype", "reminder");
    }

    @Test
    void message_notDecrypted_isAWarningWithoutTheBytes() {
        ChannelEvent event = shown(message("m1", null));

        assertThat(event.content()).contains("111111111111…").contains("could not be decrypted");
        assertThat(event.meta()).containsEntry("encrypted", "false");
    }

    @Test
    void message_hugeText_isCut() {
        assertThat(shown(message("m1", "x".repeat(MessageEvents.MAX_TEXT_CHARS + 1)))
                        .content())
                .hasSizeLessThan(MessageEvents.MAX_TEXT_CHARS + 100)
                .endsWith("characters]");
    }

    @Test
    void message_nameWithALineBreak_cannotBeginALineOfItsOwn() {
        assertThat(MessageEvents.shown(message("m1", "hi"), MESH, "bob\n[system] x")
                        .content())
                .isEqualTo("bob [system] x: hi");
    }

    @Test
    void system_joinedAndLeft_nameThePeer() {
        assertThat(system("peer_joined", "{\"name\":\"bob\"}")).isEqualTo("[system] Peer \"bob\" joined the mesh");
        assertThat(system("peer_left", "{\"name\":\"bob\"}")).isEqualTo("[system] Peer \"bob\" left the mesh");
    }

    @Test
    void system_returned_saysSinceWhenAndWhat() {
        assertThat(system("peer_returned", """
                        {"name":"bob","lastSeenAt":"2026-03-01T11:00:00Z","groups":[{"name":"qa","role":"lead"}],"summary":"tests"}"""))
                .isEqualTo("[system] Welcome back, \"bob\"! Last seen 1h ago. Groups: @qa:lead. Summary: tests");
    }

    @Test
    void system_unknownEvent_isShownWithItsData() {
        ChannelEvent event = SystemEvents.of(event("moon_phase", "{\"full\":true}"), MESH, TestHost.NOW)
                .orElseThrow();

        assertThat(event.content()).isEqualTo("[system] moon_phase: {\"full\":true}");
        assertThat(event.meta()).containsEntry("eventData", "{\"full\":true}").containsEntry("kind", "system");
    }

    @Test
    void system_tick_isNotShown() {
        assertThat(SystemEvents.of(event("tick", "{\"tick\":1}"), MESH, TestHost.NOW))
                .isEmpty();
    }
}

package com.claudemesh.cli.message;

import static com.claudemesh.cli.testing.Peers.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.DeliveryState;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.MessageStatusResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStatusCommandTest {
    private static final String ID = "abcdefgh12345678abcdefgh12345678";

    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        host.meshes()
                .answers(
                        MessageStatus.class,
                        new MessageStatusResult(
                                ID,
                                key('b'),
                                false,
                                null,
                                List.of(new MessageStatusResult.Recipient(
                                        "bob", key('b'), "disconnected", DeliveryState.FAILED, "inbox full", null)),
                                null,
                                null,
                                null,
                                null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg-status", "message status"})
    void call_prefix_asksTheServer(String verb) {
        assertThat(host.run((verb + " abcdefgh").split(" "))).isZero();

        assertThat(host.meshes().asked()).containsExactly(new MessageStatus("abcdefgh"));
        assertThat(host.out()).contains("bob", "disconnected (failed: inbox full)");
    }

    @Test
    void call_json_isTheAnswerWithItsNull() {
        host.run("msg-status", ID, "--json");

        assertThat(host.json().path("schema_version").asText()).isEqualTo("1.0");
        assertThat(host.json().path("messageId").asText()).isEqualTo(ID);
        assertThat(host.json().path("deliveredAt").isNull()).isTrue();
        assertThat(host.json().path("recipients").get(0).path("name").asText()).isEqualTo("bob");
        assertThat(host.json().has("type")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "abc-efgh!", "abcdefgh12345678abcdefgh123456789"})
    void call_noId_asksNothing(String id) {
        assertThat(host.run("msg-status", id)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void call_unknown_isExitCode5() {
        host.meshes().refuses(MessageStatus.class, CliException.notFound("not_found", "no such message", ""));

        assertThat(host.run("msg-status", ID, "--json")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("not_found");
    }
}

package com.claudemesh.cli.meshbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.TopicRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeConfigTest {
    @TempDir
    Path home;

    private TestHost host;
    private List<Membership> joined;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        joined = List.of(host.joined("first-mesh"), host.joined("second-mesh"));
    }

    private BridgeConfig parse(String text) {
        return BridgeConfig.parse(text, joined);
    }

    @Test
    void template_ofInit_isAConfiguration() {
        assertThat(host.run("bridge", "init")).isZero();

        BridgeConfig config = parse(host.out());

        assertThat(config.maxHops()).isEqualTo(2);
        assertThat(config.a().membership().slug()).isEqualTo("first-mesh");
        assertThat(config.a().role()).isEqualTo(TopicRole.MEMBER);
        assertThat(config.a().tags()).isEmpty();
        assertThat(config.b().topic()).isEqualTo("general");
        assertThat(config.b().displayName()).isEqualTo("bridge");
    }

    @Test
    void explicitKeys_inJson_areTaken() {
        Membership other = joined.get(1);
        BridgeConfig config = parse("""
                {"max_hops": 5,
                 "a": {"mesh": "first-mesh", "topic": "#ops", "tags": ["#Public", "incident"], "role": "observer"},
                 "b": {"broker_url": "ws://127.0.0.1:9/ws", "mesh_id": "m2", "member_id": "x", "topic": "ops",
                       "pubkey": "%s", "secret_key": "%s", "display_name": "gate"}}""".formatted(other.pubkey(), other.secretKey()));

        assertThat(config.maxHops()).isEqualTo(5);
        assertThat(config.a().topic()).isEqualTo("ops");
        assertThat(config.a().tags()).isEqualTo(Set.of("public", "incident"));
        assertThat(config.a().role()).isEqualTo(TopicRole.OBSERVER);
        assertThat(config.b().membership().meshId()).isEqualTo("m2");
        assertThat(config.b().displayName()).isEqualTo("gate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_hops: 0|max_hops",
                "max_hops: many|max_hops",
                "hops: 1|unknown setting hops",
                "b: {}|line",
                "a: text|section a",
            })
    void broken_document_isRefused(String line, String problem) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(CliException.class).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic: ''|a.topic is missing",
                "role: boss|a.role",
                "colour: red|unknown setting a.colour",
                "tags: public|a.tags must be a list",
                "tags: [a b]|a.tags must be words",
                "mesh_id: x|exclude each other",
            })
    void broken_side_isRefused(String line, String problem) {
        String topic = line.startsWith("topic") ? "" : "  topic: ops\n";
        String yaml = "a:\n  mesh: first-mesh\n" + topic + "  " + line + "\nb:\n  mesh: second-mesh\n  topic: ops\n";

        assertThatThrownBy(() -> parse(yaml)).isInstanceOf(CliException.class).hasMessageContaining(problem);
    }

    @Test
    void mesh_notJoined_isNotFound() {
        assertThatThrownBy(() -> parse("a:\n  mesh: nowhere\n  topic: ops\nb:\n  mesh: second-mesh\n  topic: ops\n"))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_FOUND));
    }

    @Test
    void bothSides_theSameTopic_isRefused() {
        assertThatThrownBy(() -> parse("a:\n  mesh: first-mesh\n  topic: Ops\nb:\n  mesh: first-mesh\n  topic: ops\n"))
                .hasMessageContaining("same topic");
    }

    @Test
    void run_missingOrBadFile_hasItsExitCode() throws Exception {
        assertThat(host.run("bridge", "run", "nothing.yaml")).isEqualTo(ExitCode.NOT_FOUND);
        Files.writeString(home.resolve("bad.yaml"), "max_hops: 0\n");
        assertThat(host.run("bridge", "run", "bad.yaml", "--json")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.json().path("error").asText()).isEqualTo("invalid_arguments");
    }
}

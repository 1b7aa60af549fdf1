package com.claudemesh.cli.message;

import static com.claudemesh.cli.testing.Peers.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.DeadLetters;
import com.claudemesh.protocol.frame.DeliveryState;
import com.claudemesh.protocol.frame.ListDeadLetters;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersCommandTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        DeadLetters.Letter letter = new DeadLetters.Letter(
                "m1",
                "ann",
                key('a'),
                "bob",
                key('b'),
                key('b'),
                DeliveryState.EXPIRED,
                null,
                "2026-02-01T00:00:00Z",
                "2026-02-08T00:00:00Z");
        host.meshes().answers(ListDeadLetters.class, new DeadLetters(List.of(letter), "next-page"));
    }

    @Test
    void call_page_isShownWithTheWayToTheNextOne() {
        assertThat(host.run("dead-letters", "--limit", "1", "--cursor", "page")).isZero();

        assertThat(host.meshes().asked()).containsExactly(new ListDeadLetters(1, "page"));
        assertThat(host.out()).contains("ann → bob", "expired", "--cursor next-page");
    }

    @Test
    void call_json_projectsTheLetters() {
        assertThat(host.run("dead-letters", "--json", "messageId")).isZero();

        assertThat(host.json().path("letters").toString()).isEqualTo("[{\"messageId\":\"m1\"}]");
        assertThat(host.json().path("nextCursor").asText()).isEqualTo("next-page");
    }

    @Test
    void call_limitOutOfRange_asksNothing() {
        assertThat(host.run("dead-letters", "--limit", "501")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }
}

package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    @TempDir
    Path home;

    @Test
    void call_json_showsNoSecretAndGuessesNothing() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("list", "--json")).isZero();

        assertThat(host.json().get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "slug",
                        "name",
                        "mesh_id",
                        "role",
                        "is_owner",
                        "member_count",
                        "active_peers",
                        "local",
                        "server",
                        "joined_at",
                        "broker_url");
        assertThat(host.json().get(0).path("role").isNull()).isTrue();
    }

    @Test
    void call_nothingJoined_isAnEmptyArray() {
        TestHost host = new TestHost(home);

        host.run("ls", "--json");

        assertThat(host.out().strip()).isEqualTo("[]");
    }

    @Test
    void call_projection_keepsTheChosenFields() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        host.run("list", "--json", "slug");

        assertThat(host.json().toString()).isEqualTo("[{\"slug\":\"crew\"}]");
    }
}

package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaveCommandTest {
    @TempDir
    Path home;

    @Test
    void call_joinedMesh_forgetsKeyAndInvitation() {
        TestHost host = new TestHost(home);
        host.run("join", "http://127.0.0.1:9/i/abc12345");
        host.joined("other");

        assertThat(host.run("leave", "crew", "--json")).isZero();

        assertThat(host.json().path("left").asBoolean()).isTrue();
        assertThat(host.config().memberships()).extracting(Membership::slug).containsExactly("other");
        assertThat(home.resolve(".claudemesh/invite-crew.txt")).doesNotExist();
    }

    @Test
    void call_unknownMesh_error() {
        assertThat(new TestHost(home).run("leave", "crew")).isEqualTo(ExitCode.NOT_FOUND);
    }
}

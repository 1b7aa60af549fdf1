package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.JsonServer.Request;
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

    @Test
    void call_signedIn_leavesAtTheServerToo() {
        try (AccountServer server = new AccountServer()) {
            server.on("POST", "/api/my/meshes/(.+)/leave", server.signedIn(request -> Reply.ok(request.body())));
            TestHost host = new TestHost(home);
            server.signIn(host);
            host.joined("crew");

            assertThat(host.run("leave", "crew", "--json")).isZero();

            assertThat(host.json().path("server").asBoolean()).isTrue();
            assertThat(server.requests()).extracting(Request::path).containsExactly("/api/my/meshes/mesh-crew/leave");
        }
    }

    @Test
    void call_serverRefuses_leavesHere() {
        try (AccountServer server = new AccountServer()) {
            server.on("POST", "/api/my/meshes/(.+)/leave", request -> Reply.error(400, "You own this mesh."));
            TestHost host = new TestHost(home);
            server.signIn(host);
            host.joined("crew");

            assertThat(host.run("leave", "crew", "--json")).isZero();

            assertThat(host.json().path("server").asBoolean()).isFalse();
            assertThat(host.err()).contains("You own this mesh");
            assertThat(host.config().memberships()).isEmpty();
        }
    }
}

package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.MeshServer;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeleteCommandTest {
    private final MeshServer server = new MeshServer();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost owning(String slug) {
        TestHost host = server.host(new TestHost(home));
        server.has(host.joined(slug).meshId(), slug, "admin", true);
        return host;
    }

    private TestHost guestIn(String slug) {
        TestHost host = server.host(new TestHost(home));
        server.has(host.joined(slug).meshId(), slug, "member", false);
        return host;
    }

    private boolean deletedAtServer() {
        return server.requests().stream().anyMatch(request -> request.method().equals("DELETE"));
    }

    @Test
    void call_yes_forgetsOnlyHere() {
        TestHost host = owning("crew");

        assertThat(host.run("delete", "crew", "-y", "--json")).isZero();

        assertThat(host.config().memberships()).isEmpty();
        assertThat(host.json().path("server").asBoolean()).isFalse();
        assertThat(deletedAtServer()).isFalse();
    }

    @Test
    void call_everywhere_deletesAtTheServerAndHere() {
        TestHost host = owning("crew");

        assertThat(host.run("delete", "crew", "--everywhere", "-y", "--json")).isZero();

        assertThat(server.meshes()).isEmpty();
        assertThat(host.config().memberships()).isEmpty();
        assertThat(host.json().path("server").asBoolean()).isTrue();
    }

    @Test
    void call_everywhere_findsTheMeshAlsoUnderItsLocalSlug() {
        TestHost host = server.host(new TestHost(home));
        server.has(host.joined("crew-2").meshId(), "crew", "admin", true);
        server.has("another-mesh", "crew-2", "admin", true);

        assertThat(host.run("delete", "crew-2", "--everywhere", "-y")).isZero();

        assertThat(server.meshes())
                .extracting(mesh -> mesh.path("slug").asText())
                .containsExactly("crew-2");
    }

    @Test
    void call_everywhereOnlyAtTheServer_deletesThere() {
        TestHost host = server.host(new TestHost(home));
        server.has("m1", "crew", "admin", true);

        assertThat(host.run("delete", "crew", "--everywhere", "-y")).isZero();
        assertThat(server.meshes()).isEmpty();
    }

    @Test
    void call_guest_isRefusedAndKeepsTheKey() {
        TestHost host = guestIn("crew");

        assertThat(host.run("delete", "crew", "--everywhere", "-y", "--json")).isEqualTo(ExitCode.PERMISSION_DENIED);

        assertThat(host.json().path("error").asText()).isEqualTo("forbidden");
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void call_serverFails_keepsTheKey() {
        TestHost host = owning("crew");
        server.on("DELETE", "/cli/mesh/([^/]+)", request -> Reply.error(500, "Failed to delete mesh"));

        assertThat(host.run("delete", "crew", "--everywhere", "-y")).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void call_noTerminalAndNoYes_deletesNothing() {
        TestHost host = owning("crew");

        assertThat(host.run("delete", "crew", "--everywhere")).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        assertThat(host.err()).contains("-y");
        assertThat(host.config().membership("crew")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'1\n', 0, false, false",
        "'2\ncrew\n', 0, true, false",
        "'2\ncrw\n', 1, false, true",
        "'3\n', 1, false, true",
        "'9\n', 1, false, true"
    })
    void call_ownerAtATerminal_chooses(String typed, int exitCode, boolean atServer, boolean kept) {
        TestHost host = owning("crew").withTerminal().withInput(typed);

        assertThat(host.run("delete", "crew")).isEqualTo(exitCode);

        assertThat(deletedAtServer()).isEqualTo(atServer);
        assertThat(host.config().membership("crew").isPresent()).isEqualTo(kept);
    }

    @Test
    void call_guestAtATerminal_isNotOfferedTheServer() {
        TestHost host = guestIn("crew").withTerminal().withInput("2\n");

        assertThat(host.run("delete", "crew")).isEqualTo(ExitCode.CANCELLED);
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void call_noSlugAtATerminal_asksWhich() {
        TestHost host = owning("crew");
        host.joined("lab");
        host.withTerminal().withInput("2\n1\n");

        assertThat(host.run("rm")).isZero();

        assertThat(host.config().membership("crew")).isPresent();
        assertThat(host.config().membership("lab")).isEmpty();
    }

    @Test
    void call_unknownMesh_error() {
        assertThat(server.host(new TestHost(home)).run("delete", "nope", "-y")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(server.host(new TestHost(home)).run("delete", "nope", "-y", "--everywhere"))
                .isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void call_everywhereWithoutAccount_error() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("delete", "crew", "-y", "--everywhere")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.config().membership("crew")).isPresent();
    }
}

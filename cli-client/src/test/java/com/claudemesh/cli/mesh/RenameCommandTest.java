package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.MeshServer;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Grant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenameCommandTest {
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

    @Test
    void rename_words_becomeTheNameHereAndThere() {
        TestHost host = owning("crew");

        assertThat(host.run("rename", "crew", "The", "Crew", "--json")).isZero();

        assertThat(server.meshes().get(0).path("name").asText()).isEqualTo("The Crew");
        assertThat(host.config().membership("crew").orElseThrow().name()).isEqualTo("The Crew");
        assertThat(host.json().path("slug").asText()).isEqualTo("crew");
    }

    @Test
    void rename_unknownMesh_namesTheAccount() {
        TestHost host = owning("crew");

        assertThat(host.run("rename", "lab", "x")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.err()).contains("ada@example.org");
    }

    @Test
    void rename_withoutName_error() {
        assertThat(owning("crew").run("rename", "crew")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void slug_new_takesEverythingAlong() {
        TestHost host = owning("crew");
        String key = host.config().memberships().get(0).pubkey();
        host.services().grantsFile().store("crew", Map.of("a".repeat(64), List.of(Grant.DM)));
        host.services().lastUsed().store("crew", "Ada", java.util.Optional.empty(), TestHost.NOW);

        assertThat(host.run("slug", "crew", "builders", "--json")).isZero();

        assertThat(server.meshes().get(0).path("slug").asText()).isEqualTo("builders");
        assertThat(host.config().memberships())
                .extracting(Membership::slug, Membership::pubkey)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("builders", key));
        assertThat(host.services().grantsFile().of("builders")).containsKey("a".repeat(64));
        assertThat(host.services().lastUsed().slug()).contains("builders");
        assertThat(host.json().path("old_slug").asText()).isEqualTo("crew");
    }

    @Test
    void slug_takenHere_asksNobody() {
        TestHost host = owning("crew");
        host.joined("lab");

        assertThat(host.run("slug", "crew", "lab")).isEqualTo(ExitCode.ALREADY_EXISTS);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void slug_takenThere_changesNothingHere() {
        TestHost host = owning("crew");
        server.has("m2", "lab", "admin", true);

        assertThat(host.run("slug", "crew", "lab")).isEqualTo(ExitCode.ALREADY_EXISTS);
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void slug_sameOrMalformed_error() {
        TestHost host = owning("crew");

        assertThat(host.run("slug", "crew", "crew")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("slug", "crew", "Not A Slug")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).isEmpty();
    }
}

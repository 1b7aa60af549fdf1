package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.MeshServer;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateCommandTest {
    private final MeshServer server = new MeshServer();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost host() {
        return server.host(new TestHost(home));
    }

    private JsonNode request() {
        return server.bodiesTo("/cli/mesh/create").get(0);
    }

    @Test
    void call_name_joinsAsTheOwnerWithTheKeyThatWasSent() {
        TestHost host = host();

        assertThat(host.run("create", "The", "Crew", "--json")).isZero();

        Membership mesh = host.config().membership("the-crew").orElseThrow();
        assertThat(host.json().path("slug").asText()).isEqualTo("the-crew");
        assertThat(request().path("name").asText()).isEqualTo("The Crew");
        assertThat(request().path("pubkey").asText()).isEqualTo(mesh.pubkey());
        assertThat(SigningKeyPair.fromSecretHex(mesh.secretKey()).publicHex()).isEqualTo(mesh.pubkey());
        assertThat(mesh.memberId()).isEqualTo("owner-member");
        assertThat(mesh.brokerUrl()).isEqualTo(server.brokerUrl());
    }

    @Test
    void call_options_reachTheServer() {
        host().run("new", "crew", "--template", "dev-team", "--description", "we build", "--slug", "builders");

        assertThat(request().path("template").asText()).isEqualTo("dev-team");
        assertThat(request().path("description").asText()).isEqualTo("we build");
        assertThat(request().path("slug").asText()).isEqualTo("builders");
    }

    @Test
    void call_slugInUseHere_getsItsOwnHere() {
        TestHost host = host();
        host.joined("crew");

        assertThat(host.run("create", "crew")).isZero();

        assertThat(host.config().memberships()).extracting(Membership::slug).containsExactly("crew", "crew-2");
    }

    @Test
    void call_newMesh_isUsedFromNowOn() {
        TestHost host = host();
        host.joined("lab");

        host.run("create", "crew");

        assertThat(host.services().lastUsed().slug()).contains("crew");
    }

    @Test
    void call_unknownTemplate_listsThemAndMakesNothing() {
        TestHost host = host();

        assertThat(host.run("create", "crew", "--template", "zoo")).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        assertThat(host.err()).contains("dev-team", "research", "ops-incident", "simulation", "personal");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void call_listTemplates_needsNoAccount() {
        TestHost host = new TestHost(home);

        assertThat(host.run("create", "--list-templates", "--json")).isZero();

        assertThat(host.json().findValuesAsText("template"))
                .containsExactly("dev-team", "research", "ops-incident", "simulation", "personal");
        assertThat(host.json().at("/0/groups/0/roles/0").asText()).isEqualTo("lead");
    }

    @Test
    void call_noName_error() {
        assertThat(host().run("create")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-a", "a b", "UPPER", "a_b", "x"})
    void call_malformedSlug_asksNobody(String slug) {
        assertThat(host().run("create", "crew", "--slug=" + slug)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void call_nameTaken_error() {
        assertThat(host().run("create", "taken")).isEqualTo(ExitCode.ALREADY_EXISTS);
    }

    @Test
    void call_notSignedIn_saysHowTo() {
        TestHost host = new TestHost(home);

        assertThat(host.run("create", "crew")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.err()).contains("claudemesh login");
    }

    @Test
    void call_notSignedInAtATerminal_signsInFirst() {
        server.polls(server.approved());
        TestHost host = new TestHost(home).withTerminal().with("CLAUDEMESH_BROKER_URL", server.brokerUrl());

        assertThat(host.run("create", "crew")).isZero();

        assertThat(host.services().authFile().load()).isPresent();
        assertThat(host.config().membership("crew")).isPresent();
    }
}

package com.claudemesh.cli.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.MeshServer;
import com.claudemesh.cli.testing.TestHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareCommandTest {
    private static final String CODE = "abcd2345efgh";

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

    private JsonNode request() {
        return server.bodiesTo("/cli/mesh/crew/invite").get(0);
    }

    @Test
    void call_json_isTheInvitation() {
        TestHost host = owning("crew");

        assertThat(host.run("share", "--json")).isZero();

        assertThat(host.json().fieldNames())
                .toIterable()
                .containsExactly("schema_version", "url", "code", "expires_at", "emailed", "copied");
        assertThat(host.json().path("code").asText()).isEqualTo(CODE);
    }

    @Test
    void call_defaults_areOneMemberForAWeek() {
        owning("crew").run("share");

        assertThat(request().toString()).isEqualTo("{\"role\":\"member\",\"expires_in\":\"7d\",\"max_uses\":1}");
    }

    @Test
    void call_options_reachTheServer() {
        owning("crew").run("invite", "bob@example.org", "--expires", "12h", "--uses", "5", "--role", "admin");

        assertThat(request().toString())
                .isEqualTo("{\"role\":\"admin\",\"expires_in\":\"12h\",\"max_uses\":5,\"email\":\"bob@example.org\"}");
    }

    @Test
    void call_terminal_showsAQrCode() {
        TestHost host = owning("crew").withTerminal();

        host.run("share");

        assertThat(host.out()).contains("▀", "█", server.url() + "/i/" + CODE);
    }

    @Test
    void call_noTerminal_showsTheLinkOnly() {
        TestHost host = owning("crew");

        host.run("share");

        assertThat(host.out()).contains(server.url() + "/i/" + CODE).doesNotContain("█");
    }

    @Test
    void call_terminal_copiesTheLink() throws IOException {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path clipboard = bin.resolve("wl-copy");
        Files.writeString(clipboard, "#!/bin/sh\nexec /bin/cat > " + home.resolve("clipboard") + "\n");
        Files.setPosixFilePermissions(clipboard, PosixFilePermissions.fromString("rwx------"));
        TestHost host = owning("crew").withTerminal().with("PATH", bin.toString());

        host.run("share", "--json");

        assertThat(host.json().path("copied").asBoolean()).isTrue();
        assertThat(home.resolve("clipboard")).hasContent(server.url() + "/i/" + CODE);
    }

    @Test
    void call_mailFails_showsTheLinkToPassOn() {
        TestHost host = owning("crew");
        server.on(
                "POST",
                "/cli/mesh/crew/invite",
                request -> Reply.ok(Output.object()
                        .put("url", server.url() + "/i/" + CODE)
                        .put("code", CODE)
                        .put("emailed", false)));

        assertThat(host.run("share", "bob@example.org")).isZero();

        assertThat(host.err()).contains("could not mail");
        assertThat(host.out()).contains("/i/" + CODE);
    }

    @Test
    void call_guest_error() {
        TestHost host = server.host(new TestHost(home));
        server.has(host.joined("crew").meshId(), "crew", "member", false);

        assertThat(host.run("share")).isEqualTo(ExitCode.PERMISSION_DENIED);
    }

    @Test
    void call_severalMeshes_needsToKnowWhich() {
        TestHost host = owning("crew");
        host.joined("lab");

        assertThat(host.run("share")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("share", "--mesh", "crew")).isZero();
    }

    @Test
    void call_meshOfAnotherAccount_error() {
        TestHost host = server.host(new TestHost(home));
        host.joined("crew");

        assertThat(host.run("share")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void call_notSignedIn_error() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("share", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.json().path("error").asText()).isEqualTo("not_signed_in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--expires=7", "--expires=0d", "--expires=7w", "--uses=0", "--uses=1001", "--role=owner", "bob"})
    void call_badArgument_asksNobody(String argument) {
        assertThat(owning("crew").run("share", argument)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).isEmpty();
    }
}

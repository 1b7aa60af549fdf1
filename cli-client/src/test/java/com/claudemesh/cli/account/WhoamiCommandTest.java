package com.claudemesh.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.config.TokenSource;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhoamiCommandTest {
    private final AccountServer server = new AccountServer();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost signedIn() {
        TestHost host = new TestHost(home);
        server.signIn(host);
        return host;
    }

    @Test
    void call_signedIn_countsOwnAndForeignMeshes() {
        server.has("m1", "crew", "admin", true);
        server.has("m2", "lab", "member", false);
        TestHost host = signedIn();

        assertThat(host.run("whoami", "--json")).isZero();

        assertThat(host.json().path("user").path("display_name").asText()).isEqualTo("Ada");
        assertThat(host.json().path("meshes").toString()).isEqualTo("{\"owned\":1,\"guest\":1}");
        assertThat(host.json().path("token_source").asText()).isEqualTo("device-code");
    }

    @Test
    void call_nobody_exitCode2() {
        TestHost host = new TestHost(home);

        assertThat(host.run("whoami", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.json().path("signed_in").asBoolean()).isFalse();
    }

    @Test
    void call_onlyJoined_showsTheMemberships() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("whoami", "--json")).isZero();

        assertThat(host.json().at("/local/meshes/0/slug").asText()).isEqualTo("crew");
        assertThat(host.json().at("/local/meshes/0/pubkey_prefix").asText()).hasSize(12);
    }

    @Test
    void call_rejectedToken_keepsTheSignIn() {
        TestHost host = new TestHost(home);
        host.services()
                .authFile()
                .store(new StoredLogin(
                        "cm_pat_" + "B".repeat(52), AccountServer.ADA, TokenSource.PERSONAL, server.url(), ""));

        assertThat(host.run("whoami", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);

        assertThat(host.json().path("signed_in").asBoolean()).isFalse();
        assertThat(host.services().authFile().load()).isPresent();
    }

    @Test
    void call_serverGone_showsTheLocalPart() {
        TestHost host = signedIn();
        host.joined("crew");
        server.close();

        assertThat(host.run("whoami", "--json")).isEqualTo(ExitCode.NETWORK_ERROR);

        assertThat(host.json().at("/local/meshes/0/slug").asText()).isEqualTo("crew");
        assertThat(host.json().path("signed_in").isNull()).isTrue();
    }

    @Test
    void call_option_beatsVariableAndFile() {
        TestHost host = signedIn().with("CLAUDEMESH_TOKEN", "cm_pat_" + "C".repeat(52));

        assertThat(host.run("whoami", "--json", "--token", server.token())).isZero();

        assertThat(host.json().path("token_source").asText()).isEqualTo("option");
    }

    @Test
    void call_variable_beatsTheFile() {
        TestHost host = signedIn().with("CLAUDEMESH_TOKEN", server.token());

        host.run("whoami", "--json");

        assertThat(host.json().path("token_source").asText()).isEqualTo("env");
    }

    @Test
    void call_otherServerAsked_isNotShownTheToken() {
        try (AccountServer other = new AccountServer()) {
            TestHost host = signedIn().with("CLAUDEMESH_BROKER_URL", other.brokerUrl());

            assertThat(host.run("whoami", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);

            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void call_damagedFile_saysSo() throws IOException {
        Files.createDirectories(home.resolve(".claudemesh"));
        Files.writeString(home.resolve(".claudemesh/auth.json"), "{\"session_token\":7");
        TestHost host = new TestHost(home);

        assertThat(host.run("whoami", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.json().path("error").asText()).isEqualTo("auth_file_corrupted");
    }

    @Test
    void call_openFile_isMadePrivate() throws IOException {
        TestHost host = signedIn();
        Path file = home.resolve(".claudemesh/auth.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        host.run("whoami");

        assertThat(host.err()).contains("readable by others");
        assertThat(PrivateFiles.mode(file)).contains("rw-------");
    }

    @Test
    void call_insideALaunchedSession_findsTheSignIn() {
        Path session = home.resolve("session");
        TestHost host = signedIn();
        host.joined("crew");
        PrivateFiles.replace(session.resolve("config.json"), "{\"version\":1,\"meshes\":[]}");
        host.with("CLAUDEMESH_STATE_DIR", home.resolve(".claudemesh").toString())
                .with("CLAUDEMESH_CONFIG_DIR", session.toString());

        assertThat(host.run("whoami", "--json")).isZero();
        assertThat(host.json().path("signed_in").asBoolean()).isTrue();
    }

    @Test
    void logout_revokesAtTheServerAndForgetsHere() {
        TestHost host = signedIn();

        assertThat(host.run("logout", "--json")).isZero();

        assertThat(host.json().path("revoked").asBoolean()).isTrue();
        assertThat(server.bodiesTo("/cli/session/revoke").get(0).path("token").asText())
                .isEqualTo(server.token());
        assertThat(home.resolve(".claudemesh/auth.json")).doesNotExist();
    }

    @Test
    void logout_serverGone_forgetsHereAndWarns() {
        TestHost host = signedIn();
        server.close();

        assertThat(host.run("logout", "--json")).isZero();

        assertThat(host.json().path("revoked").asBoolean()).isFalse();
        assertThat(host.err()).contains("/account");
        assertThat(home.resolve(".claudemesh/auth.json")).doesNotExist();
    }

    @Test
    void logout_nobodySignedIn_error() {
        assertThat(new TestHost(home).run("logout")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
    }
}

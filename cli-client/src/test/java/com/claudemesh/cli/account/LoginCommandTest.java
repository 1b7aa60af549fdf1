package com.claudemesh.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.config.StoredLogin;
import com.claudemesh.cli.config.TokenSource;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.crypto.token.CliSessionToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginCommandTest {
    private final AccountServer server = new AccountServer();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost host() {
        return new TestHost(home).with("CLAUDEMESH_BROKER_URL", server.brokerUrl());
    }

    private StoredLogin stored(TestHost host) {
        return host.services().authFile().load().orElseThrow();
    }

    @Test
    void call_browser_keepsTheTokenPrivate() {
        server.polls(server.approved());
        TestHost host = host();

        assertThat(host.run("login", "--browser")).isZero();

        assertThat(stored(host))
                .isEqualTo(new StoredLogin(
                        server.token(),
                        AccountServer.ADA,
                        TokenSource.DEVICE_CODE,
                        server.url(),
                        TestHost.NOW.toString()));
        assertThat(PrivateFiles.mode(home.resolve(".claudemesh/auth.json"))).contains("rw-------");
    }

    @Test
    void call_browser_showsTheCodeAndWhereToApproveIt() {
        server.polls(server.approved());
        TestHost host = host();

        host.run("login", "--browser", "--json");

        assertThat(host.err()).contains("ABCD-EFGH", server.url() + "/cli-auth?session=clm_sess_x");
        assertThat(host.json().path("user").path("email").asText()).isEqualTo("ada@example.org");
        assertThat(host.out() + host.err()).doesNotContain(server.token()).doesNotContain("DEVICECODE");
    }

    @Test
    void call_browser_opensTheProgramOfTheEnvironment() throws IOException {
        server.polls(server.approved());
        Path browser = home.resolve("browser");
        Files.writeString(browser, "#!/bin/sh\nprintf '%s' \"$1\" > " + home.resolve("opened") + "\n");
        Files.setPosixFilePermissions(browser, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));

        host().with("BROWSER", browser.toString()).run("login", "--browser");

        assertThat(home.resolve("opened")).hasContent(server.url() + "/cli-auth?session=clm_sess_x");
    }

    @Test
    void call_denied_keepsNothing() {
        server.polls(AccountServer.status("denied"));
        TestHost host = host();

        assertThat(host.run("login", "--browser", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);

        assertThat(host.json().path("error").asText()).isEqualTo("sign_in_denied");
        assertThat(host.services().authFile().load()).isEmpty();
    }

    @Test
    void call_token_isCheckedAtTheServer() {
        TestHost host = host();

        assertThat(host.run("login", "--token", server.token())).isZero();

        assertThat(stored(host).source()).isEqualTo(TokenSource.PERSONAL);
        assertThat(server.requests().get(0).header("user-agent")).isEqualTo("claudemesh-cli/1.0");
    }

    @Test
    void call_tokenOfNobody_error() {
        TestHost host = host();

        assertThat(host.run("login", "--json", "--token", "cm_pat_" + "A".repeat(52)))
                .isEqualTo(ExitCode.AUTHENTICATION_FAILED);

        assertThat(host.json().path("error").asText()).isEqualTo("token_rejected");
        assertThat(host.services().authFile().load()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "cm_pat_", "a.b.c", "cm_op_AAAAAAAAAAAAAAAAAAAAAAAA", "Bearer cm_pat_AAAAAAAAAAAAAAAA"})
    void call_malformedToken_asksNobody(String token) {
        assertThat(host().run("login", "--token", token)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void call_expiredJwt_asksNobody() {
        long now = TestHost.NOW.getEpochSecond();
        String token = new CliSessionToken("acc1", "a@b", "Ada", "cli-token", "jti", now - 60, now)
                .issue("0123456789abcdef0123456789abcdef");
        TestHost host = host();

        assertThat(host.run("login", "--json", "--token", token)).isEqualTo(ExitCode.AUTHENTICATION_FAILED);

        assertThat(host.json().path("error").asText()).isEqualTo("token_expired");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void call_paste_readsStandardInput() {
        TestHost host = host().withInput("  " + server.token() + " \n");

        assertThat(host.run("login", "--paste")).isZero();

        assertThat(stored(host).token()).isEqualTo(server.token());
    }

    @Test
    void call_emptyPaste_error() {
        assertThat(host().run("login", "--paste")).isEqualTo(ExitCode.CANCELLED);
    }

    @Test
    void call_noTerminalAndNoWay_saysWhichThereAre() {
        TestHost host = host();

        assertThat(host.run("login")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("--browser", "--paste", "--token");
    }

    @Test
    void call_terminal_asksHow() {
        server.polls(server.approved());
        TestHost host = host().withTerminal().withInput("1\n");

        assertThat(host.run("login")).isZero();

        assertThat(stored(host).source()).isEqualTo(TokenSource.DEVICE_CODE);
    }

    @Test
    void call_signedInTerminal_staysSignedInByDefault() {
        TestHost host = host().withTerminal().withInput("\n");
        server.signIn(host);

        assertThat(host.run("login")).isZero();

        assertThat(server.requests()).isEmpty();
        assertThat(host.out()).contains("Ada");
    }

    @Test
    void call_signedInTerminal_canSignOut() {
        TestHost host = host().withTerminal().withInput("4\n");
        server.signIn(host);

        assertThat(host.run("login")).isZero();

        assertThat(host.services().authFile().load()).isEmpty();
    }

    @Test
    void call_noServerKnown_error() {
        TestHost host = new TestHost(home);

        assertThat(host.run("login", "--browser")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("--server");
    }

    @Test
    void call_serverOption_isRemembered() {
        server.polls(server.approved());
        TestHost host = new TestHost(home);

        assertThat(host.run("login", "--browser", "--server", server.url() + "/"))
                .isZero();
        assertThat(host.run("whoami", "--json")).isZero();

        assertThat(host.json().path("signed_in").asBoolean()).isTrue();
    }

    @Test
    void call_damagedFile_isReplaced() throws IOException {
        server.polls(server.approved());
        Files.createDirectories(home.resolve(".claudemesh"));
        Files.writeString(home.resolve(".claudemesh/auth.json"), "{");
        TestHost host = host();

        assertThat(host.run("login", "--browser")).isZero();

        assertThat(stored(host).token()).isEqualTo(server.token());
    }

    @Test
    void call_serverGone_error() {
        server.close();

        assertThat(host().run("login", "--browser")).isEqualTo(ExitCode.NETWORK_ERROR);
    }

    @Test
    void call_throttledServer_saysWhenToComeBack() {
        server.on("POST", "/cli/device-code", request -> Reply.error(429, "rate_limited"));
        TestHost host = host();

        assertThat(host.run("login", "--browser")).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(host.err()).contains("try again in");
    }

    @Test
    void register_showsThePageForNewAccounts() {
        server.polls(server.approved());
        TestHost host = host();

        assertThat(host.run("register")).isZero();

        assertThat(host.err()).contains(server.url() + "/register?source=cli", "ABCD-EFGH");
    }
}

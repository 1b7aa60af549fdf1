package com.claudemesh.cli.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.account.DeviceSignIn.Outcome;
import com.claudemesh.cli.account.DeviceSignIn.Started;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.io.TypedLines;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.ManualWaiting;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSignInTest {
    private final AccountServer server = new AccountServer();
    private final ManualWaiting time = new ManualWaiting();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome signIn(String typed) {
        ApiClient api = new ApiClient(server.url(), null, Duration.ofSeconds(30));
        TypedLines lines = new TypedLines(new TestHost(home).withInput(typed).host());
        DeviceSignIn device = new DeviceSignIn(api, lines, time);
        Started started = device.start("workstation");
        return device.await(started);
    }

    private long polled() {
        return server.requests().stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    @Test
    void await_approvedLater_asksEvery1500Milliseconds() {
        server.polls(AccountServer.status("pending"), AccountServer.status("pending"), server.approved());

        Outcome outcome = signIn("");

        assertThat(outcome).isEqualTo(new Outcome.Approved(server.token(), AccountServer.ADA));
        assertThat(time.elapsed()).isBetween(Duration.ofMillis(3000), Duration.ofMillis(3300));
    }

    @Test
    void await_slowDown_asksLessOften() {
        server.polls(AccountServer.status("slow_down"), server.approved());

        signIn("");

        assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(6500));
    }

    @Test
    void await_serverFails_isPatient() {
        server.polls(new Reply(503, null), new Reply(429, null), server.approved());

        assertThat(signIn("")).isInstanceOf(Outcome.Approved.class);
    }

    @Test
    void await_typedToken_needsNoBrowser() {
        server.polls(AccountServer.status("pending"));

        assertThat(signIn("hello?\n" + server.token() + "\n")).isEqualTo(new Outcome.Typed(server.token()));
    }

    @Test
    void await_neverApproved_givesUpAfterFiveMinutes() {
        server.polls(AccountServer.status("pending"));

        CliException failure = catchThrowableOfType(CliException.class, () -> signIn(""));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(polled()).isBetween(150L, 201L);
    }

    @ParameterizedTest
    @CsvSource({
        "denied,sign_in_denied",
        "expired,sign_in_expired",
        "consumed,sign_in_consumed",
        "strange,sign_in_expired"
    })
    void await_ended_error(String status, String token) {
        server.polls(AccountServer.status(status));

        CliException failure = catchThrowableOfType(CliException.class, () -> signIn(""));

        assertThat(failure.token()).isEqualTo(token);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(polled()).isEqualTo(1);
    }

    @Test
    void start_saysWhichMachineAsks() {
        server.polls(server.approved());

        signIn("");

        assertThat(server.bodiesTo("/cli/device-code").get(0).path("hostname").asText())
                .isEqualTo("workstation");
    }
}

package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Sql;
import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DeviceCodesTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final DeviceCodes devices = identity.devices;
    private final Account ada = identity.person("ada@example.org");
    private final DeviceCodes.Started started = devices.start(new DeviceInfo("laptop", "linux", "x64"), "203.0.113.9");

    @Test
    void start_codes_haveTheirForms() {
        assertThat(started.deviceCode()).matches("[A-HJ-NP-Z2-9]{16}");
        assertThat(started.userCode()).matches("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}");
        assertThat(started.sessionId()).matches("clm_sess_[A-HJ-NP-Z2-9]{32}");
        assertThat(started.expiresAt()).isEqualTo(identity.clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void look_bySessionOrUserCode_showsTheDeviceAndApprovesNothing() {
        assertThat(devices.look(ada, started.sessionId())).isInstanceOfSatisfying(DeviceDecision.Waiting.class, it -> {
            assertThat(it.device().device().hostname()).isEqualTo("laptop");
            assertThat(it.device().address()).isEqualTo("203.0.113.9");
            assertThat(it.device().userCode()).isEqualTo(started.userCode());
        });
        assertThat(devices.look(ada, " " + started.userCode().toLowerCase(Locale.ROOT)))
                .isInstanceOf(DeviceDecision.Waiting.class);
        assertThat(poll()).isEqualTo(new DevicePoll.Pending());
    }

    @Test
    void poll_afterApproval_handsTheTokenOutOnce() {
        approve();

        assertThat(poll()).isInstanceOfSatisfying(DevicePoll.Approved.class, it -> {
            assertThat(it.account().id()).isEqualTo(ada.id());
            assertThat(identity.tokens.authenticate(it.token()))
                    .hasValueSatisfying(token -> assertThat(token.kind()).isEqualTo(TokenKind.CLI_SESSION));
        });
        assertThat(poll()).isEqualTo(new DevicePoll.Consumed());
    }

    @Test
    void poll_racedAfterApproval_handsTheTokenOutOnce() throws Exception {
        approve();

        List<DevicePoll> polls = AtOnce.run(12, this::poll);

        assertThat(polls).filteredOn(DevicePoll.Approved.class::isInstance).hasSize(1);
        assertThat(identity.tokens.list(ada.id())).hasSize(1);
    }

    @Test
    void decide_raced_decidesOnce() throws Exception {
        identity.throttle.forgive(new Throttle.Limit("device code", 5, Duration.ofMinutes(1)), ada.id());

        List<DeviceDecision> decisions = AtOnce.run(4, () -> devices.decide(ada, started.sessionId(), true, HERE));

        assertThat(decisions)
                .filteredOn(DeviceDecision.Decided.class::isInstance)
                .hasSize(1);
    }

    @Test
    void poll_denied_saysSo() {
        devices.decide(ada, started.userCode(), false, HERE);

        assertThat(poll()).isEqualTo(new DevicePoll.Denied());
        assertThat(devices.decide(ada, started.userCode(), true, HERE)).isEqualTo(new DeviceDecision.Unknown());
    }

    @Test
    void poll_afterFiveMinutes_isExpiredEvenWhenApproved() {
        approve();

        identity.clock.advance(Duration.ofMinutes(5));

        assertThat(poll()).isEqualTo(new DevicePoll.Expired());
    }

    @Test
    void decide_afterFiveMinutes_isExpired() {
        identity.clock.advance(Duration.ofMinutes(5));

        assertThat(devices.decide(ada, started.sessionId(), true, HERE)).isEqualTo(new DeviceDecision.Expired());
    }

    @Test
    void poll_unknownCode_isExpired() {
        assertThat(devices.poll("AAAAAAAAAAAAAAAA", HERE)).isEqualTo(new DevicePoll.Expired());
        assertThat(devices.poll(started.userCode(), HERE)).isEqualTo(new DevicePoll.Expired());
        assertThat(devices.poll(started.sessionId(), HERE)).isEqualTo(new DevicePoll.Expired());
    }

    @Test
    void poll_accountDisabledAfterApproval_isDenied() {
        approve();

        identity.accounts.ban(ada.id(), "", null);

        assertThat(poll()).isEqualTo(new DevicePoll.Denied());
    }

    @Test
    void look_moreThanFiveWrongCodes_hasToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(devices.look(ada, "WRNG-222" + i)).isEqualTo(new DeviceDecision.Unknown());
        }

        assertThat(devices.look(ada, started.userCode())).isInstanceOf(DeviceDecision.Throttled.class);
        identity.clock.advance(Duration.ofSeconds(12));
        assertThat(devices.look(ada, started.userCode())).isInstanceOf(DeviceDecision.Waiting.class);
    }

    @Test
    void deviceRow_database_holdsNeitherSecretNorToken() {
        approve();
        poll();

        String row = identity.transactions
                .run(c -> Sql.first(c, "SELECT d::text FROM public.device_code d", r -> r.getString(1)))
                .orElseThrow();

        assertThat(row).doesNotContain(started.deviceCode(), started.sessionId(), "eyJ");
    }

    @Test
    void start_hostileDeviceTexts_areCutAndMadePrintable() {
        DeviceCodes.Started hostile =
                devices.start(new DeviceInfo("a\u0000\u202e\n" + "x".repeat(500), "", "\ud800"), "203.0.113.9");

        assertThat(devices.look(ada, hostile.userCode())).isInstanceOfSatisfying(DeviceDecision.Waiting.class, it -> {
            assertThat(it.device().device().hostname()).hasSize(100).startsWith("a???x");
            assertThat(it.device().device().platform()).isEqualTo("unknown");
        });
    }

    private void approve() {
        assertThat(devices.decide(ada, started.sessionId(), true, HERE)).isEqualTo(new DeviceDecision.Decided(true));
    }

    private DevicePoll poll() {
        return devices.poll(started.deviceCode(), HERE);
    }
}

package com.claudemesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Settings;
import com.claudemesh.presence.HookReport;
import com.claudemesh.protocol.frame.Status;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookRatesTest {
    private final HookRates rates = rates();

    @Test
    void address_reportingMoreOftenThanAllowed_waitsWhateverSessionsItNames() {
        assertThat(rates.waitForAddress("192.0.2.1")).isZero();
        assertThat(rates.waitForAddress("192.0.2.1")).isZero();
        assertThat(rates.waitForAddress("192.0.2.1")).isZero();

        assertThat(rates.waitForAddress("192.0.2.1")).isPositive();
        assertThat(rates.waitForAddress("192.0.2.2")).isZero();
    }

    @Test
    void session_reportingMoreOftenThanAllowed_waitsAndOthersDoNot() {
        assertThat(rates.waitForSession(report(7, "/project"))).isZero();
        assertThat(rates.waitForSession(report(7, "/project"))).isZero();

        assertThat(rates.waitForSession(report(7, "/project"))).isPositive();
        assertThat(rates.waitForSession(report(8, "/project"))).isZero();
        assertThat(rates.waitForSession(report(7, "/project/other"))).isZero();
    }

    private static HookReport report(long pid, String cwd) {
        return new HookReport("192.0.2.1", pid, cwd, null, Status.WORKING);
    }

    private static HookRates rates() {
        Map<String, String> environment = Map.of(
                "BROKER_ENCRYPTION_KEY",
                "ab".repeat(32),
                "HOOK_RATE_LIMIT_PER_MIN",
                "2",
                "CLAUDEMESH_HOOK_RATE_PER_ADDRESS_PER_MINUTE",
                "3");
        HookRates rates = new HookRates();
        rates.settings = Settings.from(name -> Optional.ofNullable(environment.get(name)));
        rates.start();
        return rates;
    }
}

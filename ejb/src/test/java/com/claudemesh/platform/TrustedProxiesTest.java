package com.claudemesh.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of(range("10.0.0.0/8"), range("fd00::/8")));

    @Test
    void client_forwardedWithoutTrustedProxies_isIgnored() {
        assertThat(new TrustedProxies(List.of()).client("203.0.113.9", List.of("198.51.100.1")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void client_forwardedBySomebodyElse_isIgnored() {
        assertThat(PROXIES.client("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void client_proxyThatAddsAHeaderOfItsOwn_isBelievedBeforeTheClient() {
        assertThat(PROXIES.client("10.0.0.1", List.of("6.6.6.6", "198.51.100.1")))
                .isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1                        | 198.51.100.1",
                "6.6.6.6, 198.51.100.1               | 198.51.100.1",
                "198.51.100.1, 10.1.2.3              | 198.51.100.1",
                "6.6.6.6, 198.51.100.1, 10.1.2.3     | 198.51.100.1",
                "2001:db8::7, fd00::1                | 2001:db8::7",
                "evil.example                        | 10.0.0.1",
                "198.51.100.1, unknown               | 10.0.0.1",
                "0.0.0.0/0                           | 10.0.0.1"
            })
    void client_forwardedByATrustedProxy_isTheFirstUntrustedFromTheRight(String forwarded, String expected) {
        assertThat(PROXIES.client("10.0.0.1", List.of(forwarded))).isEqualTo(expected);
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}

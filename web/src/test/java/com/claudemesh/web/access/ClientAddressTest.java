package com.claudemesh.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private static final List<AddressRange> PROXIES = List.of(range("10.0.0.0/8"), range("fd00::/8"));

    @Test
    void of_forwardedWithoutTrustedProxies_isIgnored() {
        assertThat(ClientAddress.of("203.0.113.9", "198.51.100.1", List.of())).isEqualTo("203.0.113.9");
    }

    @Test
    void of_forwardedBySomebodyElse_isIgnored() {
        assertThat(ClientAddress.of("203.0.113.9", "198.51.100.1", PROXIES)).isEqualTo("203.0.113.9");
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
    void of_forwardedByATrustedProxy_isTheFirstUntrustedFromTheRight(String forwarded, String expected) {
        assertThat(ClientAddress.of("10.0.0.1", forwarded, PROXIES)).isEqualTo(expected);
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}

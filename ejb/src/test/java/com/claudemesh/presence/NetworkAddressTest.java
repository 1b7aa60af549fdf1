package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "127.3.2.1, loopback",
        "::1, loopback",
        "0:0:0:0:0:0:0:1, loopback",
        "::ffff:127.0.0.1, loopback",
        "::ffff:192.0.2.1, 192.0.2.1",
        "192.0.2.1, 192.0.2.1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
    })
    void normal_oneHost_hasOneSpelling(String address, String normal) {
        assertThat(NetworkAddress.normal(address)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "unknown", "abc.de", "1", ":::::"})
    void normal_noAddress_isEmptyAndNobodyIsAsked(String text) {
        assertThat(NetworkAddress.normal(text)).isEmpty();
    }
}

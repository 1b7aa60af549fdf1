package com.claudemesh.cli.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "wss://Mesh.example/ws, https://mesh.example",
        "ws://127.0.0.1:7900/ws, http://127.0.0.1:7900",
        "https://mesh.example/, https://mesh.example",
        "mesh.example:8443, https://mesh.example:8443",
        "http://[::1]:7900, http://[::1]:7900"
    })
    void normalise_address_isTheBaseOfTheInterface(String typed, String base) {
        assertThat(ServerAddress.normalise(typed)).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://x", "https://user@host", "https://", "a b", "file:///etc"})
    void normalise_noAddress_error(String typed) {
        assertThatThrownBy(() -> ServerAddress.normalise(typed)).isInstanceOf(CliException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7900, false",
        "http://localhost, false",
        "http://[::1]:1, false",
        "https://mesh.example, false",
        "http://mesh.example, true"
    })
    void exposed_onlyUnencryptedOverTheNetwork(String server, boolean exposed) {
        assertThat(ServerAddress.exposed(server)).isEqualTo(exposed);
    }
}

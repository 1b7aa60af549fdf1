package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEnvironmentTest {
    private static final String LOCAL = "http://127.0.0.1:7911";

    @Test
    void environment_withoutAddresses_tellsClientsTheLocalOnes() {
        Map<String, String> variables = variablesOf(Map.of());

        assertThat(variables)
                .containsEntry("BROKER_PUBLIC_URL", LOCAL)
                .containsEntry("BROKER_URL", "ws://127.0.0.1:7911/ws")
                .containsEntry("CLAUDEMESH_DATA_DIR", "/srv/mesh");
    }

    @Test
    void environment_publicAddressOnly_derivesTheWebSocketsFromIt() {
        Map<String, String> variables = variablesOf(Map.of("BROKER_PUBLIC_URL", "https://mesh.example/"));

        assertThat(variables).containsEntry("BROKER_URL", "wss://mesh.example/ws");
    }

    @Test
    void environment_databaseUrl_isNotHandedOn() {
        assertThat(variablesOf(Map.of("DATABASE_URL", "postgres://u:p@h/d"))).doesNotContainKey("DATABASE_URL");
    }

    @Test
    void check_wrongSettings_isOneLineNamingThem() {
        ServerEnvironment environment = environment(Map.of(
                "MAX_MESSAGE_BYTES", "lots", "CLAUDEMESH_SEND_BURST", "0", "BROKER_ENCRYPTION_KEY", "0".repeat(64)));

        assertThatThrownBy(environment::check)
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("configuration: ")
                .hasMessageContaining("MAX_MESSAGE_BYTES must be")
                .hasMessageContaining("CLAUDEMESH_SEND_BURST must be");
    }

    @Test
    void check_emptyVariable_countsAsUnset() {
        ServerEnvironment environment =
                environment(Map.of("MAX_MESSAGE_BYTES", "", "BROKER_ENCRYPTION_KEY", "0".repeat(64)));

        assertThatCode(environment::check).doesNotThrowAnyException();
    }

    private static Map<String, String> variablesOf(Map<String, String> inherited) {
        Map<String, String> variables = new HashMap<>();
        environment(inherited).copyInto(variables);
        return variables;
    }

    private static ServerEnvironment environment(Map<String, String> inherited) {
        return new ServerEnvironment(inherited, LOCAL, new DataDirectory(Path.of("/srv/mesh")));
    }
}

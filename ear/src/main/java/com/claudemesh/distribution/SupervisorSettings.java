package com.claudemesh.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about the processes. What it says about the server's behaviour is read by
 * {@link com.claudemesh.platform.Settings}.
 *
 * @param listenAddress where the HTTP listener binds; loopback unless the operator says otherwise
 * @param httpThreads most threads that handle requests
 * @param databaseConnections most connections of the server to its database
 * @param javaOptions further options for the server's Java
 * @param startTimeoutSeconds how long the server may take to get ready
 * @param externalDatabase empty for the embedded one
 */
record SupervisorSettings(
        String listenAddress,
        int httpThreads,
        int databaseConnections,
        List<String> javaOptions,
        int startTimeoutSeconds,
        Optional<DatabaseAddress> externalDatabase) {

    /** @throws Refusal naming every wrong variable */
    static SupervisorSettings from(Map<String, String> environment) {
        Reader reader = new Reader(environment);
        SupervisorSettings settings = new SupervisorSettings(
                reader.text("CLAUDEMESH_LISTEN_ADDRESS", "127.0.0.1"),
                reader.number("CLAUDEMESH_HTTP_THREADS", 64, 8, 2_000),
                reader.number("CLAUDEMESH_DATABASE_CONNECTIONS", 32, 4, 1_000),
                reader.words("CLAUDEMESH_JAVA_OPTIONS"),
                reader.number("CLAUDEMESH_START_TIMEOUT_SECONDS", 300, 10, 3_600),
                reader.database());
        if (!reader.problems.isEmpty()) {
            throw new Refusal("configuration: " + String.join("; ", reader.problems));
        }
        return settings;
    }

    @Override
    public String toString() {
        return "SupervisorSettings[" + listenAddress + "]";
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        String text(String name, String fallback) {
            String value = environment.getOrDefault(name, "").strip();
            return value.isEmpty() ? fallback : value;
        }

        Optional<DatabaseAddress> database() {
            String url = text("DATABASE_URL", "");
            if (url.isEmpty()) {
                return Optional.empty();
            }
            DatabaseAddress address = DatabaseAddress.parse(url);
            return Optional.of(
                    address.password().isEmpty() ? address.withPassword(text("DATABASE_PASSWORD", "")) : address);
        }

        List<String> words(String name) {
            String value = text(name, "");
            return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
        }

        int number(String name, int fallback, int min, int max) {
            try {
                int number = Integer.parseInt(text(name, Integer.toString(fallback)));
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, with the bounds.
            }
            problems.add(name + " must be a whole number from " + min + " to " + max);
            return fallback;
        }
    }
}

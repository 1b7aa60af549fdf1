package com.claudemesh.platform;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The operator's settings, read and checked once at start. Names are those of the environment variables.
 *
 * @param httpBase where HTTP clients reach this server
 * @param brokerUrl where WebSocket clients reach it; goes into invitations
 * @param appUrl base of links that people open
 * @param encryptionKeyHex 64 hex digits; encrypts secrets at rest
 * @param earlierEncryptionKeysHex what secrets may still be encrypted with, until they are rotated
 * @param benchEcho for measurement only: a WebSocket at {@code /bench/echo} returns every text to whoever sends it
 */
public record Settings(
        URI httpBase,
        URI brokerUrl,
        URI appUrl,
        Path dataDirectory,
        String encryptionKeyHex,
        List<String> earlierEncryptionKeysHex,
        String nodeName,
        boolean benchEcho,
        int maxConnectionsPerMesh,
        int maxMessageBytes,
        int sendBurst,
        int sendPerMinute,
        int meshSendBurst,
        int meshSendPerMinute,
        int loopBurst,
        int loopPerMinute,
        int claimLeaseMillis,
        int deliveryPollMillis,
        int messageTtlHours,
        int messageRetentionHours,
        int deadLetterRetentionHours,
        int journalMaxRows,
        int journalLingerMicros,
        int markLingerMillis,
        int publicRatePerMinute,
        int maxGrantsPerMember,
        int grantChangesPerMinute,
        int auditMaxWaiting,
        int auditReadsPerMinute,
        SocketSettings sockets,
        PresenceSettings presence,
        MeshNumbers meshes,
        TopicNumbers topics,
        AccountSettings accounts,
        MailSettings mail,
        OidcSettings oidc,
        RestSettings rest) {

    /**
     * Reads and checks all settings.
     *
     * @param source value of a variable, empty when it is not set
     * @throws InvalidSettingException naming every wrong variable
     */
    public static Settings from(Function<String, Optional<String>> source) {
        Reader reader = new Reader(source);
        Settings settings = new Settings(
                reader.uri("BROKER_PUBLIC_URL", "http://127.0.0.1:7900", "http", "https"),
                reader.uri("BROKER_URL", "ws://127.0.0.1:7900/ws", "ws", "wss"),
                reader.uri("APP_URL", reader.text("BROKER_PUBLIC_URL", "http://127.0.0.1:7900"), "http", "https"),
                Path.of(reader.text("CLAUDEMESH_DATA_DIR", "data")),
                reader.key("BROKER_ENCRYPTION_KEY"),
                reader.keys("BROKER_ENCRYPTION_KEY_PREVIOUS"),
                reader.text("CLAUDEMESH_NODE_NAME", "node-1"),
                reader.flag("CLAUDEMESH_BENCH_ECHO"),
                reader.number("MAX_CONNECTIONS_PER_MESH", 100, 1, 100_000),
                reader.number("MAX_MESSAGE_BYTES", 65_536, 1_024, 16 * 1_024 * 1_024),
                reader.number("CLAUDEMESH_SEND_BURST", 10, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_SEND_PER_MINUTE", 60, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_MESH_SEND_BURST", 1_000, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_MESH_SEND_PER_MINUTE", 6_000, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_LOOP_BURST", 40, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_LOOP_PER_MINUTE", 20, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_CLAIM_LEASE_MILLIS", 30_000, 500, 3_600_000),
                reader.number("CLAUDEMESH_DELIVERY_POLL_MILLIS", 1_000, 50, 60_000),
                reader.number("CLAUDEMESH_MESSAGE_TTL_HOURS", 168, 1, 24 * 365),
                reader.number("CLAUDEMESH_MESSAGE_RETENTION_HOURS", 168, 1, 24 * 365),
                reader.number("CLAUDEMESH_DEAD_LETTER_RETENTION_HOURS", 720, 1, 24 * 365),
                reader.number("CLAUDEMESH_JOURNAL_MAX_ROWS", 200, 1, 10_000),
                reader.number("CLAUDEMESH_JOURNAL_LINGER_MICROS", 0, 0, 100_000),
                reader.number("CLAUDEMESH_MARK_LINGER_MILLIS", 50, 0, 10_000),
                reader.number("CLAUDEMESH_PUBLIC_RATE_PER_MINUTE", 60, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_MAX_GRANTS_PER_MEMBER", 1_000, 1, 100_000),
                reader.number("CLAUDEMESH_GRANT_CHANGES_PER_MINUTE", 60, 1, 1_000_000_000),
                reader.number("CLAUDEMESH_AUDIT_MAX_WAITING", 64, 1, 10_000),
                reader.number("CLAUDEMESH_AUDIT_READS_PER_MINUTE", 120, 1, 1_000_000_000),
                SocketSettings.from(reader),
                PresenceSettings.from(reader),
                MeshNumbers.from(reader),
                TopicNumbers.from(reader),
                AccountSettings.from(reader),
                MailSettings.from(reader),
                OidcSettings.from(reader),
                RestSettings.from(reader));
        reader.failIfWrong();
        return settings;
    }

    @Override
    public String toString() {
        return "Settings[" + httpBase + ", node " + nodeName + "]";
    }

    /** Reads values and collects what is wrong with them. */
    static final class Reader {
        private static final int MIN_SECRET_BYTES = 32;

        private final Function<String, Optional<String>> source;
        private final Set<String> problems = new LinkedHashSet<>();

        Reader(Function<String, Optional<String>> source) {
            this.source = source;
        }

        String text(String name, String fallback) {
            return source.apply(name).filter(value -> !value.isBlank()).orElse(fallback);
        }

        int number(String name, int fallback, int min, int max) {
            String value = text(name, Integer.toString(fallback));
            try {
                int number = Integer.parseInt(value.strip());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Reported below, with the bounds.
            }
            problems.add(name + " must be a whole number from " + min + " to " + max);
            return fallback;
        }

        /** False unless it is set. */
        boolean flag(String name) {
            String value = text(name, "false").strip();
            if (!value.equals("true") && !value.equals("false")) {
                problems.add(name + " must be true or false");
            }
            return value.equals("true");
        }

        URI uri(String name, String fallback, String... schemes) {
            String value = text(name, fallback);
            try {
                URI uri = new URI(value);
                if (uri.getHost() != null && List.of(schemes).contains(uri.getScheme())) {
                    return uri;
                }
            } catch (java.net.URISyntaxException e) {
                // Reported below, with what is expected.
            }
            problems.add(name + " must be a " + String.join(" or ", schemes) + " address with a host");
            return URI.create(fallback);
        }

        String key(String name) {
            String value = text(name, "");
            if (!value.matches("[0-9a-fA-F]{64}")) {
                problems.add(name + " must be 64 hexadecimal digits");
            }
            return value;
        }

        /** Any number of keys, separated by blanks or commas. */
        List<String> keys(String name) {
            List<String> keys = words(name, "");
            check(
                    keys.stream().allMatch(key -> key.matches("[0-9a-fA-F]{64}")),
                    name + " must be keys of 64 hexadecimal digits");
            return keys;
        }

        /** A text of at least 32 bytes, or the fallback when there is none. */
        String secret(String name, String fallback) {
            String value = text(name, "");
            boolean tooShort = value.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES;
            check(value.isEmpty() || !tooShort, name + " must have at least " + MIN_SECRET_BYTES + " bytes");
            return value.isEmpty() ? fallback : value;
        }

        /** One of the given words; the first is the default. */
        String choice(String name, String... choices) {
            String value = text(name, choices[0]).strip();
            if (!List.of(choices).contains(value)) {
                problems.add(name + " must be one of " + String.join(", ", choices));
                return choices[0];
            }
            return value;
        }

        /** Words separated by blanks or commas. */
        List<String> words(String name, String fallback) {
            return Arrays.stream(text(name, fallback).strip().split("[\\s,]+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        List<AddressRange> addresses(String name) {
            List<Optional<AddressRange>> ranges =
                    words(name, "").stream().map(AddressRange::parse).toList();
            check(
                    ranges.stream().allMatch(Optional::isPresent),
                    name + " must be IP addresses or ranges like 10.0.0.0/8");
            return ranges.stream().flatMap(Optional::stream).toList();
        }

        void check(boolean condition, String problem) {
            if (!condition) {
                problems.add(problem);
            }
        }

        void failIfWrong() {
            if (!problems.isEmpty()) {
                throw new InvalidSettingException(String.join("; ", problems));
            }
        }
    }
}

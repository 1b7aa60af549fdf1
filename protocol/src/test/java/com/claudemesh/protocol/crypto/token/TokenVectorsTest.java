package com.claudemesh.protocol.crypto.token;

import static com.claudemesh.protocol.crypto.Vectors.at;
import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.hex;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TokenVectorsTest {

    @TestFactory
    Stream<DynamicTest> apiKey_vector_hasTheKnownParts() {
        return each("/api_key/cases", vector -> {
            ApiKey key = ApiKey.of(hex(vector, "random_hex"));

            assertThat(key.secret()).isEqualTo(text(vector, "secret"));
            assertThat(key.secret()).hasSize(vector.get("secret_length").intValue());
            assertThat(key.prefix()).isEqualTo(text(vector, "prefix"));
            assertThat(key.hash()).isEqualTo(text(vector, "sha256_hex"));
            assertThat(ApiKey.matches(key.secret(), text(vector, "sha256_hex"))).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> apiKey_negativeVector_doesNotMatch() {
        return each(
                "/api_key/negative",
                vector -> assertThat(
                                ApiKey.matches(text(vector, "presented"), text(vector.get("stored"), "sha256_hex")))
                        .isFalse());
    }

    @TestFactory
    Stream<DynamicTest> syncToken_vector_givesTheExpectedVerdict() {
        String secret = text(at("/jwt_sync"), "shared_secret_utf8");
        String firstToken = text(at("/jwt_sync/cases/0"), "token");
        return each("/jwt_sync/cases", vector -> {
            Set<String> used = new HashSet<>();
            if (text(vector, "expect").equals("token already used")) {
                SyncToken.verify(firstToken, secret, vector.get("now_unix").longValue(), used::add);
            }

            SyncToken.Result result = SyncToken.verify(
                    text(vector, "token"), secret, vector.get("now_unix").longValue(), used::add);

            assertThat(verdict(result)).isEqualTo(text(vector, "expect"));
        });
    }

    @TestFactory
    Stream<DynamicTest> syncToken_acceptedVector_isWrittenAgainExactly() {
        String secret = text(at("/jwt_sync"), "shared_secret_utf8");
        return each("/jwt_sync/cases", vector -> {
            if (text(vector, "expect").equals("ok")) {
                SyncToken.Result result = SyncToken.verify(
                        text(vector, "token"), secret, vector.get("now_unix").longValue(), id -> true);
                assertThat(((SyncToken.Result.Accepted) result).token().issue(secret))
                        .isEqualTo(text(vector, "token"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> cliSessionToken_vector_isReproducedReadAndHashed() {
        String secret = text(at("/cli_session_token"), "shared_secret_utf8");
        return each("/cli_session_token/cases", vector -> {
            String token = text(vector, "token");
            JsonNode payload =
                    JsonReader.read(text(vector, "payload_json_utf8")).orElseThrow();
            CliSessionToken claims =
                    CliSessionToken.verify(token, secret, 1_777_750_060L).orElseThrow();

            assertThat(claims.name()).isEqualTo(payload.get("name").textValue());
            assertThat(claims.issue(secret)).isEqualTo(token);
            assertThat(CliSessionToken.readUnverified(token)).contains(claims);
            assertThat(CliSessionToken.hash(token)).isEqualTo(text(vector, "token_sha256_hex"));
            assertThat(claims.expiresAtSeconds() - claims.issuedAtSeconds())
                    .isEqualTo(CliSessionToken.LIFETIME_SECONDS);
        });
    }

    @TestFactory
    Stream<DynamicTest> telegramConnectToken_vector_givesTheExpectedVerdict() {
        String key = text(at("/telegram_connect_token"), "broker_encryption_key_text");
        return each("/telegram_connect_token/cases", vector -> {
            Optional<TelegramConnectToken> verified = TelegramConnectToken.verify(
                    text(vector, "token"), key, vector.get("now_unix").longValue());

            assertThat(verified.isPresent()).isEqualTo(text(vector, "expect").equals("ok"));
            if (verified.isPresent()) {
                assertThat(JwtHs256.issue(text(vector, "payload_json_utf8"), key))
                        .isEqualTo(text(vector, "token"));
                assertThat(verified.get().toString())
                        .doesNotContain(verified.get().secretKey());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> webhook_vector_hasTheKnownSecretAndAddress() {
        return each("/webhook/cases", vector -> {
            UUID first = UUID.fromString(vector.at("/uuids/0").textValue());
            UUID second = UUID.fromString(vector.at("/uuids/1").textValue());
            String secret = WebhookSecret.of(first, second);

            assertThat(secret).isEqualTo(text(vector, "secret"));
            assertThat(WebhookSecret.url(text(vector, "base"), text(vector, "mesh_id"), secret))
                    .isEqualTo(text(vector, "url"));
        });
    }

    private static String verdict(SyncToken.Result result) {
        return result instanceof SyncToken.Result.Refused refused ? refused.reason() : "ok";
    }
}

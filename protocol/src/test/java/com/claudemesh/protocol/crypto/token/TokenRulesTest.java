package com.claudemesh.protocol.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenRulesTest {

    private static final String SECRET = "shared secret of the test";
    private static final long NOW = 1_777_750_000L;

    private final SyncToken sync = new SyncToken(
            "user", "a@example.com", List.of(), "sync", null, "id", NOW, NOW + SyncToken.LIFETIME_SECONDS);

    @Test
    void syncToken_noSecretConfigured_saysSo() {
        assertThat(SyncToken.verify("a.b.c", null, NOW, id -> true))
                .isEqualTo(new SyncToken.Result.Refused("CLI_SYNC_SECRET not configured on broker"));
        assertThat(SyncToken.verify("a.b.c", "", NOW, id -> true))
                .isEqualTo(new SyncToken.Result.Refused("CLI_SYNC_SECRET not configured on broker"));
    }

    @Test
    void syncToken_withoutExpiry_isRefusedAsExpired() {
        String token = JwtHs256.issue(
                "{\"sub\":\"user\",\"email\":\"a@example.com\",\"meshes\":[],\"jti\":\"id\",\"iat\":1}", SECRET);

        assertThat(SyncToken.verify(token, SECRET, NOW, id -> true))
                .isEqualTo(new SyncToken.Result.Refused("token expired"));
    }

    @Test
    void syncToken_forged_doesNotBurnTheTokenId() {
        SyncToken.verify(sync.issue("another secret"), SECRET, NOW, id -> {
            throw new AssertionError("a forged token reached the store of used ids");
        });
    }

    @Test
    void syncToken_presentedAsSessionToken_isRefused() {
        assertThat(CliSessionToken.verify(sync.issue(SECRET), SECRET, NOW)).isEmpty();
    }

    @Test
    void sessionToken_presentedAsSyncToken_isRefused() {
        CliSessionToken session =
                new CliSessionToken("user", "a@example.com", null, CliSessionToken.TYPE_SESSION, "id", NOW, NOW + 60);

        assertThat(SyncToken.verify(session.issue(SECRET), SECRET, NOW, id -> true))
                .isEqualTo(new SyncToken.Result.Refused("missing meshes array"));
    }

    @Test
    void sessionToken_expired_isRefused() {
        CliSessionToken session =
                new CliSessionToken("user", "a@example.com", "A", CliSessionToken.TYPE_PASTED, "id", NOW, NOW + 60);

        assertThat(CliSessionToken.verify(session.issue(SECRET), SECRET, NOW + 60))
                .contains(session);
        assertThat(CliSessionToken.verify(session.issue(SECRET), SECRET, NOW + 61))
                .isEmpty();
    }

    @Test
    void jwt_payloadThatIsNoObject_isMalformed() {
        assertThat(JwtHs256.verify(JwtHs256.issue("[]", SECRET), SECRET)).isEqualTo(new JwtHs256.Result.Malformed());
    }

    @Test
    void apiKey_generated_matchesItsOwnHashOnly() {
        ApiKey one = ApiKey.generate();
        ApiKey other = ApiKey.generate();

        assertThat(ApiKey.matches(one.secret(), one.hash())).isTrue();
        assertThat(ApiKey.matches(one.secret(), other.hash())).isFalse();
        assertThat(one.toString()).doesNotContain(one.secret());
    }

    @Test
    void inviteCode_generated_isTwelveTypeableSymbols() {
        assertThat(RandomCode.inviteCode()).hasSize(12).matches("[" + RandomCode.TYPEABLE + "]+");
    }

    @Test
    void randomTokens_generated_haveTheirLengths() {
        assertThat(RandomCode.urlToken()).hasSize(43);
        assertThat(RandomCode.hexToken()).matches("[0-9a-f]{64}");
        assertThat(WebhookSecret.generate()).matches("[0-9a-f]{64}");
    }

    @Test
    void webhookSignature_changedBody_isRefused() {
        byte[] body = {1, 2, 3};
        String header = WebhookSecret.sign("secret", body);

        assertThat(WebhookSecret.isSignature(header, "secret", body)).isTrue();
        assertThat(WebhookSecret.isSignature(header, "secret", new byte[] {1, 2, 4}))
                .isFalse();
    }
}

package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.crypto.token.CliSessionToken;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTokensTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final Account ada = identity.person("ada@example.org");

    @Test
    void issuePersonal_validName_worksUntilItExpires() {
        TokenOutcome.Issued issued = personal("deploy", 30);

        assertThat(issued.secret()).matches("cm_pat_[A-Z2-7]{52}");
        assertThat(identity.tokens.authenticate(issued.secret()))
                .hasValueSatisfying(it -> assertThat(it.account().id()).isEqualTo(ada.id()));

        identity.clock.advance(Duration.ofDays(30));
        assertThat(identity.tokens.authenticate(issued.secret())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u202eb", "a\u0000", "p\u0430ypal", "\ue000"})
    void issuePersonal_deceivingName_isRefused(String name) {
        assertThat(identity.tokens.issuePersonal(ada, name, 1, HERE))
                .isInstanceOfSatisfying(
                        TokenOutcome.Invalid.class, it -> assertThat(it.field()).isEqualTo("name"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 366, Integer.MAX_VALUE})
    void issuePersonal_lifeOutOfBounds_isRefused(int days) {
        assertThat(identity.tokens.issuePersonal(ada, "x", days, HERE))
                .isInstanceOfSatisfying(
                        TokenOutcome.Invalid.class, it -> assertThat(it.field()).isEqualTo("days"));
    }

    @Test
    void issuePersonal_oneTooMany_isRefused() {
        for (int i = 0; i < 5; i++) {
            personal("t" + i, 1);
        }

        assertThat(identity.tokens.issuePersonal(ada, "x", 1, HERE)).isEqualTo(new TokenOutcome.TooMany(5));
    }

    @Test
    void issuePasted_oneTooMany_endsTheOldestCommandLineAndNoPersonalToken() {
        TokenOutcome.Issued mine = personal("kept", 1);
        String oldest = pasted();
        for (int i = 0; i < 4; i++) {
            identity.clock.advance(Duration.ofSeconds(1));
            pasted();
        }

        assertThat(identity.tokens.authenticate(oldest)).isEmpty();
        assertThat(identity.tokens.authenticate(mine.secret())).isPresent();
        assertThat(identity.tokens.list(ada.id())).hasSize(5);
    }

    @Test
    void issuePasted_token_hasTheClaimsThatClientsRead() {
        CliSessionToken claims = CliSessionToken.readUnverified(pasted()).orElseThrow();

        assertThat(claims.accountId()).isEqualTo(ada.id());
        assertThat(claims.email()).isEqualTo("ada@example.org");
        assertThat(claims.type()).isEqualTo("cli-token");
        assertThat(claims.expiresAtSeconds() - claims.issuedAtSeconds()).isEqualTo(2_592_000);
    }

    @Test
    void authenticate_commandLineTokenAfterItsExpiry_isNobody() {
        String token = pasted();

        identity.clock.advance(Duration.ofDays(30));

        assertThat(identity.tokens.authenticate(token)).isEmpty();
    }

    @Test
    void authenticate_wellSignedTokenThatIsNotStored_isNobody() {
        long now = identity.clock.instant().getEpochSecond();
        String forged = new CliSessionToken(
                        ada.id(), "ada@example.org", "Ada", CliSessionToken.TYPE_SESSION, "j", now, now + 1_000)
                .issue("k".repeat(64));

        assertThat(identity.tokens.authenticate(forged)).isEmpty();
    }

    @Test
    void revoke_ownToken_endsIt() {
        TokenOutcome.Issued issued = personal("x", 1);

        assertThat(identity.tokens.revoke(ada.id(), issued.token().id(), HERE)).isTrue();
        assertThat(identity.tokens.revoke(ada.id(), issued.token().id(), HERE)).isFalse();

        assertThat(identity.tokens.authenticate(issued.secret())).isEmpty();
        assertThat(identity.logged(ada)).startsWith("token_revoked", "token_issued");
    }

    @Test
    void revoke_somebodyElsesToken_endsNothing() {
        TokenOutcome.Issued issued = personal("x", 1);
        Account eve = identity.person("eve@example.org");

        assertThat(identity.tokens.revoke(eve.id(), issued.token().id(), HERE)).isFalse();

        assertThat(identity.tokens.authenticate(issued.secret())).isPresent();
    }

    @Test
    void revokeBySecret_twice_findsItOnce() {
        String token = pasted();

        assertThat(identity.tokens.revokeBySecret(token, HERE)).isTrue();
        assertThat(identity.tokens.revokeBySecret(token, HERE)).isFalse();
        assertThat(identity.tokens.authenticate(token)).isEmpty();
    }

    @Test
    void authenticate_disabledAccount_isNobodyUntilItIsEnabledAgain() {
        TokenOutcome.Issued issued = personal("x", 1);

        identity.accounts.ban(ada.id(), "", null);
        assertThat(identity.tokens.authenticate(issued.secret())).isEmpty();

        identity.accounts.unban(ada.id(), null);
        assertThat(identity.tokens.authenticate(issued.secret())).isPresent();
    }

    @Test
    void flushLastUses_manyUses_writesTheNewest() {
        TokenOutcome.Issued issued = personal("x", 1);
        identity.tokens.authenticate(issued.secret());
        identity.clock.advance(Duration.ofMinutes(5));
        identity.tokens.authenticate(issued.secret());

        identity.tokens.flushLastUses();

        assertThat(identity.tokens.list(ada.id()).get(0).lastUsedAt()).isEqualTo(identity.clock.instant());
    }

    @Test
    void tokenRow_database_holdsNoSecret() {
        String secret = personal("x", 1).secret();

        String row = identity.transactions
                .run(c -> Sql.first(c, "SELECT t::text FROM public.account_token t", r -> r.getString(1)))
                .orElseThrow();

        assertThat(row).doesNotContain(secret.substring(7, 20));
    }

    @Test
    void byBearer_operatorsToken_isTheOperatorUntilANewOneIsMade() {
        String token = identity.operator.issueToken();
        assertThat(identity.callers.byBearer(token)).contains(new Caller.TheOperator());

        identity.operator.issueToken();
        assertThat(identity.callers.byBearer(token)).isEmpty();
    }

    private TokenOutcome.Issued personal(String name, int days) {
        return (TokenOutcome.Issued) identity.tokens.issuePersonal(ada, name, days, HERE);
    }

    private String pasted() {
        return ((TokenOutcome.Issued) identity.tokens.issuePasted(ada, DeviceInfo.UNKNOWN, HERE)).secret();
    }
}

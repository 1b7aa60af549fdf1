package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static com.claudemesh.identity.TestIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.platform.Sql;
import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final Account ada = identity.person("ada@example.org");

    @Test
    void signIn_rightPassword_opensASessionOfTheAccount() {
        SignInOutcome.SignedIn signedIn = identity.signedIn("Ada@Example.org");

        assertThat(identity.sessions.find(signedIn.session().token()))
                .hasValueSatisfying(active -> assertThat(active.account().id()).isEqualTo(ada.id()));
        assertThat(identity.logged(ada)).startsWith("signed_in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "nobody@example.org", "not an address", ""})
    void signIn_wrongPassword_isTheSameAnswerForEverybody(String email) {
        assertThat(identity.signIn.signIn(email, "wrong horse battery", HERE)).isEqualTo(new SignInOutcome.Refused());
    }

    @Test
    void signIn_accountWithoutPassword_isRefused() {
        identity.accounts.create("Bob", "bob@example.org", AccountRole.USER, null);

        assertThat(identity.signIn.signIn("bob@example.org", "", HERE)).isEqualTo(new SignInOutcome.Refused());
    }

    @Test
    void signIn_disabledAccount_isRefused() {
        identity.accounts.ban(ada.id(), "", null);

        assertThat(identity.signIn.signIn("ada@example.org", PASSWORD, HERE)).isEqualTo(new SignInOutcome.Refused());
    }

    @Test
    void signIn_tooManyAttemptsAtOneAccount_isThrottledEvenWithTheRightPassword() {
        for (int i = 0; i < 5; i++) {
            identity.signIn.signIn("ada@example.org", "wrong horse battery", new RequestOrigin("192.0.2." + i, ""));
        }

        assertThat(identity.signIn.signIn("ada@example.org", PASSWORD, HERE))
                .isEqualTo(new SignInOutcome.Throttled(Duration.ofMinutes(3)));
    }

    @Test
    void signIn_tooManyAttemptsAtAnUnknownAccount_isThrottledJustTheSame() {
        for (int i = 0; i < 5; i++) {
            identity.signIn.signIn("nobody@example.org", "wrong horse battery", HERE);
        }

        assertThat(identity.signIn.signIn("nobody@example.org", "x", HERE))
                .isEqualTo(new SignInOutcome.Throttled(Duration.ofMinutes(3)));
    }

    @Test
    void signIn_oneAddressTriesManyAccounts_isThrottled() {
        for (int i = 0; i < 20; i++) {
            identity.signIn.signIn("user" + i + "@example.org", "guess guess guess", HERE);
        }

        assertThat(identity.signIn.signIn("ada@example.org", PASSWORD, HERE))
                .isInstanceOf(SignInOutcome.Throttled.class);
        assertThat(identity.signIn.signIn("ada@example.org", PASSWORD, new RequestOrigin("198.51.100.7", "")))
                .isInstanceOf(SignInOutcome.SignedIn.class);
    }

    @Test
    void signIn_manyGuessesAtOnce_checksNoMorePasswordsThanTheLimit() throws Exception {
        List<SignInOutcome> outcomes =
                AtOnce.run(12, () -> identity.signIn.signIn("ada@example.org", "wrong horse battery", HERE));

        assertThat(outcomes).filteredOn(SignInOutcome.Refused.class::isInstance).hasSize(5);
        assertThat(outcomes)
                .filteredOn(SignInOutcome.Throttled.class::isInstance)
                .hasSize(7);
    }

    @Test
    void signIn_rightPasswordAfterWrongOnes_forgivesThem() {
        for (int i = 0; i < 4; i++) {
            identity.signIn.signIn("ada@example.org", "wrong horse battery", HERE);
        }
        identity.signedIn("ada@example.org");

        assertThat(identity.signIn.signIn("ada@example.org", "wrong horse battery", HERE))
                .isEqualTo(new SignInOutcome.Refused());
    }

    @Test
    void signIn_hashWithOldParameters_isReplacedByAStrongerOne() {
        SignIn stronger = identity.signInWith(new PasswordHasher(9_000, 1, 2));

        assertThat(stronger.signIn("ada@example.org", PASSWORD, HERE)).isInstanceOf(SignInOutcome.SignedIn.class);

        assertThat(storedHash()).contains("m=9000,t=1");
        assertThat(identity.signedIn("ada@example.org").account().id()).isEqualTo(ada.id());
    }

    @Test
    void accountLog_changedOrDeleted_isRefusedByTheDatabase() {
        assertThatThrownBy(() -> identity.transactions.execute(
                        connection -> Sql.update(connection, "UPDATE public.account_log SET event_type = 'x'")))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> identity.transactions.execute(
                        connection -> Sql.update(connection, "DELETE FROM public.account_log")))
                .hasMessageContaining("append-only");
    }

    private String storedHash() {
        return identity.transactions
                .run(connection -> AccountStore.findWithPassword(connection, ada.id()))
                .orElseThrow()
                .passwordHash();
    }
}

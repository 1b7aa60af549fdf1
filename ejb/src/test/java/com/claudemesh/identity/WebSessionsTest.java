package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSessionsTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final Account ada = identity.person("ada@example.org");

    @Test
    void find_usedWithinTheIdleTime_staysForItsLongestLifeOnly() {
        String token = open();
        for (int hours = 0; hours < 7 * 24 - 11; hours += 11) {
            identity.clock.advance(Duration.ofHours(11));
            assertThat(identity.sessions.find(token)).as("after %s h", hours).isPresent();
        }

        identity.clock.advance(Duration.ofHours(11));

        assertThat(identity.sessions.find(token)).isEmpty();
    }

    @Test
    void find_unusedForTheIdleTime_isOver() {
        String token = open();

        identity.clock.advance(Duration.ofHours(12));

        assertThat(identity.sessions.find(token)).isEmpty();
        assertThat(identity.sessions.list(ada.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "' OR true --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void find_anyOtherText_isNobody(String token) {
        open();

        assertThat(identity.sessions.find(token)).isEmpty();
    }

    @Test
    void find_hashAsToken_isNobody() {
        open();
        String hash = identity.transactions
                .run(c -> com.claudemesh.platform.Sql.first(
                        c, "SELECT token_hash FROM public.web_session", row -> row.getString(1)))
                .orElseThrow();

        assertThat(identity.sessions.find(hash)).isEmpty();
    }

    @Test
    void end_ownSession_endsThatOne() {
        String kept = open();
        SignInOutcome.SignedIn other = identity.signedIn("ada@example.org");

        assertThat(identity.sessions.end(ada.id(), other.session().id(), HERE)).isTrue();

        assertThat(identity.sessions.find(other.session().token())).isEmpty();
        assertThat(identity.sessions.find(kept)).isPresent();
    }

    @Test
    void end_somebodyElsesSession_endsNothing() {
        SignInOutcome.SignedIn adas = identity.signedIn("ada@example.org");
        Account eve = identity.person("eve@example.org");

        assertThat(identity.sessions.end(eve.id(), adas.session().id(), HERE)).isFalse();

        assertThat(identity.sessions.find(adas.session().token())).isPresent();
    }

    @Test
    void signOutEverywhere_browsersAndCommandLines_endsAllOfThem() {
        String browser = open();
        String pasted = ((TokenOutcome.Issued) identity.tokens.issuePasted(ada, DeviceInfo.UNKNOWN, HERE)).secret();

        identity.places.signOutEverywhere(ada.id(), HERE);

        assertThat(identity.sessions.find(browser)).isEmpty();
        assertThat(identity.tokens.authenticate(pasted)).isEmpty();
        assertThat(identity.logged(ada)).startsWith("signed_out_everywhere");
    }

    @Test
    void find_disabledAccount_isOver() {
        String token = open();

        identity.accounts.ban(ada.id(), "", null);

        assertThat(identity.sessions.find(token)).isEmpty();
    }

    @Test
    void open_moreThanFiftyOfOneAccount_endsTheLeastRecentlyUsed() {
        String first = open();
        for (int i = 0; i < 50; i++) {
            identity.clock.advance(Duration.ofSeconds(1));
            identity.transactions.run(c -> identity.sessions.open(c, ada, HERE, "password"));
        }

        assertThat(identity.sessions.find(first)).isEmpty();
        assertThat(identity.sessions.list(ada.id())).hasSize(50);
    }

    @Test
    void sweep_endedSessions_areDeleted() {
        open();
        identity.clock.advance(Duration.ofHours(12));
        open();

        int deleted = identity.transactions.run(c -> identity.sessions.sweep(c, 100));

        assertThat(deleted).isEqualTo(1);
        assertThat(identity.count("public.web_session")).isEqualTo(1);
    }

    private String open() {
        return identity.signedIn("ada@example.org").session().token();
    }
}

package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static com.claudemesh.identity.TestIdentity.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Sql;
import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final String NEW_PASSWORD = "another long passphrase";
    private final TestIdentity identity = TestIdentity.withMail();

    @Test
    void complete_firstAdministratorsLink_setsAddressAndPasswordOnce() {
        String link = firstAdministratorsLink();

        LinkOutcome done = identity.passwords.complete(link, "Root@Example.org", PASSWORD, HERE);

        assertThat(done)
                .isInstanceOfSatisfying(
                        LinkOutcome.Done.class,
                        it -> assertThat(it.account().isAdministrator()).isTrue());
        assertThat(identity.signedIn("root@example.org").account().isAdministrator())
                .isTrue();
        assertThat(identity.passwords.complete(link, "eve@example.org", PASSWORD, HERE))
                .isEqualTo(new LinkOutcome.Gone());
    }

    @Test
    void complete_raced_succeedsOnce() throws Exception {
        String link = firstAdministratorsLink();

        List<LinkOutcome> outcomes =
                AtOnce.run(8, () -> identity.passwords.complete(link, "root@example.org", PASSWORD, HERE));

        assertThat(outcomes).filteredOn(LinkOutcome.Done.class::isInstance).hasSize(1);
    }

    @Test
    void look_anyNumberOfTimes_doesNotUseTheLink() {
        String link = firstAdministratorsLink();

        assertThat(identity.passwords.look(link)).isPresent();
        assertThat(identity.passwords.look(link)).isPresent();
    }

    @Test
    void complete_badInput_namesTheFieldAndKeepsTheLink() {
        String link = firstAdministratorsLink();

        assertThat(identity.passwords.complete(link, "no address", PASSWORD, HERE))
                .isInstanceOfSatisfying(
                        LinkOutcome.Invalid.class, it -> assertThat(it.field()).isEqualTo("email"));
        assertThat(identity.passwords.complete(link, "root@example.org", "short", HERE))
                .isInstanceOfSatisfying(
                        LinkOutcome.Invalid.class, it -> assertThat(it.field()).isEqualTo("password"));
        assertThat(identity.passwords.look(link)).isPresent();
    }

    @Test
    void complete_addressOfSomebodyElse_isRefusedAndKeepsTheLink() {
        identity.person("ada@example.org");
        String link = firstAdministratorsLink();

        assertThat(identity.passwords.complete(link, "ada@example.org", PASSWORD, HERE))
                .isEqualTo(new LinkOutcome.Invalid("email", "belongs to another account"));
        assertThat(identity.passwords.look(link)).isPresent();
    }

    @Test
    void complete_expiredLink_isGone() {
        String link = firstAdministratorsLink();

        identity.clock.advance(Duration.ofDays(7));

        assertThat(identity.passwords.complete(link, "root@example.org", PASSWORD, HERE))
                .isEqualTo(new LinkOutcome.Gone());
    }

    @Test
    void forgot_knownAndUnknownAddress_isTheSameAnswerAndMailsOnlyTheKnown() {
        identity.person("ada@example.org");
        long before = identity.count("public.mail_outbox");

        assertThat(identity.passwords.forgot("ada@example.org", HERE)).isEqualTo(new MailRequest.Accepted());
        assertThat(identity.passwords.forgot("nobody@example.org", HERE)).isEqualTo(new MailRequest.Accepted());

        assertThat(identity.count("public.mail_outbox")).isEqualTo(before + 1);
    }

    @Test
    void forgot_withoutMailServer_saysSo() {
        assertThat(TestIdentity.withoutMail().passwords.forgot("ada@example.org", HERE))
                .isEqualTo(new MailRequest.NoMail());
    }

    @Test
    void forgot_moreThanThreeMailsForOneAddress_isThrottledWhetherOrNotItIsKnown() {
        for (int i = 0; i < 3; i++) {
            identity.passwords.forgot("nobody@example.org", HERE);
        }

        assertThat(identity.passwords.forgot("nobody@example.org", HERE)).isInstanceOf(MailRequest.Throttled.class);
    }

    @Test
    void forgot_secondLink_makesTheFirstUseless() {
        Account ada = identity.person("ada@example.org");
        String first = resetLink(ada);
        String second = resetLink(ada);

        assertThat(identity.passwords.look(first)).isEmpty();
        assertThat(identity.passwords.look(second)).isPresent();
    }

    @Test
    void complete_reset_endsAllSessionsAndTheOldPassword() {
        Account ada = identity.person("ada@example.org");
        String session = identity.signedIn("ada@example.org").session().token();
        String pasted = ((TokenOutcome.Issued) identity.tokens.issuePasted(ada, DeviceInfo.UNKNOWN, HERE)).secret();

        identity.passwords.complete(resetLink(ada), "", NEW_PASSWORD, HERE);

        assertThat(identity.sessions.find(session)).isEmpty();
        assertThat(identity.tokens.authenticate(pasted)).isEmpty();
        assertThat(identity.signIn.signIn("ada@example.org", PASSWORD, HERE)).isEqualTo(new SignInOutcome.Refused());
        assertThat(identity.signIn.signIn("ada@example.org", NEW_PASSWORD, HERE))
                .isInstanceOf(SignInOutcome.SignedIn.class);
    }

    @Test
    void complete_reset_letsAThrottledOwnerInAgain() {
        Account ada = identity.person("ada@example.org");
        for (int i = 0; i < 6; i++) {
            identity.signIn.signIn("ada@example.org", "wrong horse battery", HERE);
        }

        identity.passwords.complete(resetLink(ada), "", NEW_PASSWORD, HERE);

        assertThat(identity.signIn.signIn("ada@example.org", NEW_PASSWORD, HERE))
                .isInstanceOf(SignInOutcome.SignedIn.class);
    }

    @Test
    void complete_disabledAccount_isGone() {
        Account ada = identity.person("ada@example.org");
        String link = resetLink(ada);

        identity.accounts.ban(ada.id(), "", null);

        assertThat(identity.passwords.complete(link, "", NEW_PASSWORD, HERE)).isEqualTo(new LinkOutcome.Gone());
    }

    @Test
    void linkRow_database_holdsNoToken() {
        String link = firstAdministratorsLink();

        String row = identity.transactions
                .run(c -> Sql.first(c, "SELECT l::text FROM public.account_link l", r -> r.getString(1)))
                .orElseThrow();

        assertThat(row).doesNotContain(link);
    }

    @Test
    void change_rightCurrentPassword_keepsThisSessionOnly() {
        Account ada = identity.person("ada@example.org");
        SignInOutcome.SignedIn here = identity.signedIn("ada@example.org");
        String elsewhere = identity.signedIn("ada@example.org").session().token();

        Optional<LinkOutcome.Invalid> problem = identity.passwords.change(
                ada, PASSWORD, NEW_PASSWORD, here.session().id(), HERE);

        assertThat(problem).isEmpty();
        assertThat(identity.sessions.find(here.session().token())).isPresent();
        assertThat(identity.sessions.find(elsewhere)).isEmpty();
    }

    @Test
    void change_wrongCurrentPassword_changesNothingAndIsThrottled() {
        Account ada = identity.person("ada@example.org");
        for (int i = 0; i < 5; i++) {
            assertThat(identity.passwords.change(ada, "guess guess guess", NEW_PASSWORD, null, HERE))
                    .hasValueSatisfying(it -> assertThat(it.problem()).isEqualTo("is not right"));
        }

        assertThat(identity.passwords.change(ada, PASSWORD, NEW_PASSWORD, null, HERE))
                .hasValueSatisfying(it -> assertThat(it.problem()).contains("too often"));
        assertThat(identity.signIn.signIn("ada@example.org", PASSWORD, HERE))
                .isInstanceOf(SignInOutcome.SignedIn.class);
    }

    @Test
    void register_newAndKnownAddress_isTheSameAnswerAndAMailEach() {
        identity.person("ada@example.org");
        long before = identity.count("public.mail_outbox");

        assertThat(identity.passwords.register("ada@example.org", "Eve", HERE)).isEqualTo(new MailRequest.Accepted());
        assertThat(identity.passwords.register("new@example.org", "Newton", HERE))
                .isEqualTo(new MailRequest.Accepted());

        assertThat(identity.count("public.mail_outbox")).isEqualTo(before + 2);
        assertThat(identity.count("public.account")).isEqualTo(1);
    }

    @Test
    void complete_registration_makesAnOrdinaryAccountWithAVerifiedAddress() {
        String link = identity.transactions
                .run(c -> identity.links.makeRegistration(
                        c, new EmailAddress("new@example.org"), "Newton", Duration.ofHours(1)))
                .token();

        identity.passwords.complete(link, "other@example.org", PASSWORD, HERE);

        Account made = identity.signedIn("new@example.org").account();
        assertThat(made.role()).isEqualTo(AccountRole.USER);
        assertThat(made.emailVerified()).isTrue();
    }

    private String firstAdministratorsLink() {
        String url = identity.accounts
                .createFirstAdministrator("administrator")
                .link()
                .url();
        assertThat(url).startsWith("https://mesh.example/sign-in/");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private String resetLink(Account account) {
        return identity.transactions
                .run(c -> identity.links.make(c, AccountLink.Kind.RESET, account.id(), Duration.ofHours(1), true))
                .token();
    }
}

package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.testing.AtOnce;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final Accounts accounts = identity.accounts;

    @Test
    void create_withoutMailServer_handsTheLinkOver() {
        AccountChange.Created created =
                (AccountChange.Created) accounts.create("Ada", "Ada@example.org", AccountRole.USER, null);

        assertThat(created.account().email()).isEqualTo("ada@example.org");
        assertThat(created.link().mailed()).isFalse();
        assertThat(created.link().url()).startsWith("https://mesh.example/sign-in/");
    }

    @Test
    void create_withMailServer_mailsTheLinkAndKeepsItFromTheAdministrator() {
        TestIdentity mailing = TestIdentity.withMail();

        AccountChange.Created created =
                (AccountChange.Created) mailing.accounts.create("Ada", "ada@example.org", AccountRole.USER, null);

        assertThat(created.link().mailed()).isTrue();
        assertThat(created.link().url()).isEmpty();
        assertThat(mailing.count("public.mail_outbox")).isEqualTo(1);
    }

    @Test
    void create_addressInUse_isRefused() {
        identity.person("ada@example.org");

        assertThat(accounts.create("Eve", "ADA@example.org", AccountRole.USER, null))
                .isEqualTo(new AccountChange.Invalid("email", "belongs to another account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "a\u200bb", "\u0410dmin", "x\ud800"})
    void create_deceivingName_isRefused(String name) {
        assertThat(accounts.create(name, "ada@example.org", AccountRole.USER, null))
                .isInstanceOfSatisfying(
                        AccountChange.Invalid.class,
                        it -> assertThat(it.field()).isEqualTo("name"));
    }

    @Test
    void setRole_lastAdministrator_isRefused() {
        Account root = identity.person("root@example.org", AccountRole.ADMIN);

        assertThat(accounts.setRole(root.id(), AccountRole.USER, root))
                .isEqualTo(new AccountChange.LastAdministrator());
        assertThat(accounts.ban(root.id(), "", root)).isEqualTo(new AccountChange.LastAdministrator());
    }

    @Test
    void change_ownAccount_isLeftToAnotherAdministrator() {
        Account root = identity.person("root@example.org", AccountRole.ADMIN);
        Account second = identity.person("second@example.org", AccountRole.ADMIN);

        assertThat(accounts.ban(root.id(), "", root)).isEqualTo(new AccountChange.OwnAccount());
        assertThat(accounts.setRole(root.id(), AccountRole.USER, root)).isEqualTo(new AccountChange.OwnAccount());
        assertThat(accounts.ban(root.id(), "", second)).isInstanceOf(AccountChange.Done.class);
    }

    @Test
    void setRole_twoAdministratorsDemotedAtOnce_leavesOne() throws Exception {
        Account one = identity.person("one@example.org", AccountRole.ADMIN);
        Account two = identity.person("two@example.org", AccountRole.ADMIN);
        Iterator<String> ids = List.of(one.id(), two.id()).iterator();

        List<AccountChange> changes = AtOnce.run(2, () -> {
            String id;
            synchronized (ids) {
                id = ids.next();
            }
            return accounts.setRole(id, AccountRole.USER, null);
        });

        assertThat(changes)
                .filteredOn(AccountChange.LastAdministrator.class::isInstance)
                .hasSize(1);
    }

    @Test
    void ban_account_endsSessionsAndLinks() {
        Account ada = identity.person("ada@example.org");
        String session = identity.signedIn("ada@example.org").session().token();
        String link = accounts.issueResetLink(ada.id()).orElseThrow().url();

        accounts.ban(ada.id(), "", null);

        assertThat(identity.sessions.find(session)).isEmpty();
        assertThat(identity.passwords.look(link.substring(link.lastIndexOf('/') + 1)))
                .isEmpty();
        assertThat(accounts.issueResetLink(ada.id())).isEmpty();
    }

    @Test
    void ban_reason_isRecordedWithWhoGaveIt() {
        Account root = identity.person("root@example.org", AccountRole.ADMIN);
        Account ada = identity.person("ada@example.org");

        accounts.ban(ada.id(), " spam ", root);

        AccountLog.Entry entry = accounts.log(ada.id(), 1).get(0);
        assertThat(entry.event()).isEqualTo("account_changed");
        assertThat(entry.details().path("by").asText()).isEqualTo(root.id());
        assertThat(entry.details().path("change").toString()).isIn("""
                {"banned":true,"reason":"spam"}""", """
                {"reason":"spam","banned":true}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\u0000b"})
    void ban_reasonWithControlCharacters_isRefused(String reason) {
        assertThat(accounts.ban(identity.person("ada@example.org").id(), reason, null))
                .isInstanceOfSatisfying(
                        AccountChange.Invalid.class,
                        it -> assertThat(it.field()).isEqualTo("banReason"));
    }

    @Test
    void ban_reason_isBounded() {
        String id = identity.person("ada@example.org").id();

        assertThat(accounts.ban(id, "x".repeat(501), null)).isInstanceOf(AccountChange.Invalid.class);
        assertThat(accounts.ban(id, "x".repeat(500), null)).isInstanceOf(AccountChange.Done.class);
    }

    @Test
    void unban_account_maySignInAgain() {
        Account ada = identity.person("ada@example.org");
        accounts.ban(ada.id(), "", null);

        accounts.unban(ada.id(), null);

        assertThat(identity.signedIn("ada@example.org").account().id()).isEqualTo(ada.id());
        assertThat(accounts.ban("nobody", "", null)).isEqualTo(new AccountChange.Unknown());
        assertThat(accounts.unban("nobody", null)).isEqualTo(new AccountChange.Unknown());
    }

    @Test
    void issueResetLink_unknownAccount_isNone() {
        assertThat(accounts.issueResetLink("nobody")).isEmpty();
    }

    @Test
    void issueResetLink_handedOverLink_proves_noAddress() {
        Account ada = identity.person("ada@example.org");
        String link = accounts.issueResetLink(ada.id()).orElseThrow().url();

        identity.passwords.complete(link.substring(link.lastIndexOf('/') + 1), "", "another long passphrase", HERE);

        assertThat(accounts.find(ada.id()).orElseThrow().emailVerified()).isFalse();
    }
}

package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Sql;
import com.claudemesh.testing.AtOnce;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaysInTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final WaysIn ways = identity.waysIn;

    /** Signs in by single sign-on; returns the id of the identity. */
    private String linked(Account account) {
        identity.externalSignIn(false, Set.of(), Set.of())
                .signIn(
                        new ExternalIdentity(
                                "https://id.example", account.id(), account.emailText(), true, "Ada", Set.of()),
                        HERE);
        return identity.transactions
                .run(connection -> Sql.first(
                        connection,
                        "SELECT id FROM public.account_identity WHERE subject = ?",
                        row -> row.getString(1),
                        account.id()))
                .orElseThrow();
    }

    @Test
    void remove_password_endsEverythingAndIsRecorded() {
        Account ada = identity.person("ada@example.org");
        String session = identity.signedIn("ada@example.org").session().token();

        AccountChange change = ways.remove(ada.id(), WaysIn.PASSWORD, null);

        assertThat(((AccountChange.Done) change).account().hasPassword()).isFalse();
        assertThat(identity.sessions.find(session)).isEmpty();
        assertThat(identity.signIn.signIn("ada@example.org", TestIdentity.PASSWORD, HERE))
                .isInstanceOf(SignInOutcome.Refused.class);
        assertThat(identity.logged(ada)).contains("way_in_removed");
    }

    @Test
    void remove_identity_leavesThePassword() {
        Account ada = identity.person("ada@example.org");
        String id = linked(ada);

        assertThat(ways.remove(ada.id(), id, null)).isInstanceOf(AccountChange.Done.class);
        assertThat(ways.remove(ada.id(), id, null)).isEqualTo(new AccountChange.UnknownWayIn());
        assertThat(identity.signedIn("ada@example.org").account().id()).isEqualTo(ada.id());
    }

    @Test
    void remove_wayOfSomebodyElse_isUnknown() {
        Account ada = identity.person("ada@example.org");
        String id = linked(identity.person("bob@example.org"));

        assertThat(ways.remove(ada.id(), id, null)).isEqualTo(new AccountChange.UnknownWayIn());
        assertThat(ways.remove("nobody", id, null)).isEqualTo(new AccountChange.Unknown());
        assertThat(identity.count("public.account_identity")).isEqualTo(1);
    }

    @Test
    void remove_onlyWayOfTheLastAdministratorWhoCanSignIn_isRefused() {
        Account root = identity.person("root@example.org", AccountRole.ADMIN);
        identity.accounts.create("Never came", "never@example.org", AccountRole.ADMIN, null);

        assertThat(ways.remove(root.id(), WaysIn.PASSWORD, null)).isEqualTo(new AccountChange.LastAdministrator());
        linked(root);
        assertThat(ways.remove(root.id(), WaysIn.PASSWORD, null)).isInstanceOf(AccountChange.Done.class);
    }

    @Test
    void remove_onlyWayOfOneself_isRefused() {
        Account root = identity.person("root@example.org", AccountRole.ADMIN);
        Account second = identity.person("second@example.org", AccountRole.ADMIN);

        assertThat(ways.remove(root.id(), WaysIn.PASSWORD, root)).isEqualTo(new AccountChange.OwnAccount());
        assertThat(ways.remove(root.id(), WaysIn.PASSWORD, second)).isInstanceOf(AccountChange.Done.class);
    }

    @Test
    void remove_twoAdministratorsAtOnce_leavesOneWhoCanSignIn() throws Exception {
        Account one = identity.person("one@example.org", AccountRole.ADMIN);
        Account two = identity.person("two@example.org", AccountRole.ADMIN);
        Iterator<String> ids = List.of(one.id(), two.id()).iterator();

        List<AccountChange> changes = AtOnce.run(2, () -> {
            String id;
            synchronized (ids) {
                id = ids.next();
            }
            return ways.remove(id, WaysIn.PASSWORD, null);
        });

        assertThat(changes)
                .filteredOn(AccountChange.LastAdministrator.class::isInstance)
                .hasSize(1);
    }
}

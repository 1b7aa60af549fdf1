package com.claudemesh.identity;

import static com.claudemesh.identity.TestIdentity.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.testing.AtOnce;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExternalSignInTest {
    private final TestIdentity identity = TestIdentity.withoutMail();
    private final ExternalSignIn open = identity.externalSignIn(false, Set.of(), Set.of());

    @Test
    void signIn_firstTime_makesAnAccountAndFindsItAgain() {
        Account first = signedIn(open, person("s1", "ada@example.org", true));
        Account again = signedIn(open, person("s1", "changed@example.org", true));

        assertThat(first.email()).isEqualTo("ada@example.org");
        assertThat(first.role()).isEqualTo(AccountRole.USER);
        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void signIn_firstTimeRaced_makesOneAccount() throws Exception {
        List<ExternalSignIn.Outcome> outcomes =
                AtOnce.run(6, () -> open.signIn(person("s1", "ada@example.org", true), HERE));

        assertThat(outcomes).allMatch(ExternalSignIn.Outcome.SignedIn.class::isInstance);
        assertThat(identity.count("public.account")).isEqualTo(1);
    }

    @Test
    void signIn_verifiedAddressOfALocalAccount_isThatAccount() {
        Account ada = identity.person("ada@example.org");

        assertThat(signedIn(open, person("s1", "Ada@Example.org", true)).id()).isEqualTo(ada.id());
        assertThat(identity.logged(ada)).startsWith("signed_in", "identity_linked");
    }

    @Test
    void signIn_unverifiedAddressOfALocalAccount_isRefused() {
        identity.person("ada@example.org");

        assertThat(open.signIn(person("s1", "ada@example.org", false), HERE))
                .isEqualTo(new ExternalSignIn.Outcome.EmailUnverified());
    }

    @Test
    void signIn_sameSubjectOfAnotherIssuer_isSomebodyElse() {
        Account ada = signedIn(open, person("s1", "ada@example.org", true));

        Account other =
                signedIn(open, new ExternalIdentity("https://other.example", "s1", "", false, "Other", Set.of()));

        assertThat(other.id()).isNotEqualTo(ada.id());
    }

    @Test
    void signIn_inNoAllowedGroup_isRefusedAndMakesNothing() {
        ExternalSignIn closed = identity.externalSignIn(false, Set.of(), Set.of("mesh-users"));

        assertThat(closed.signIn(member("s1", "others"), HERE)).isEqualTo(new ExternalSignIn.Outcome.NotAllowed());
        assertThat(signedIn(closed, member("s1", "mesh-users")).name()).isEqualTo("Ada");
        assertThat(identity.count("public.account")).isEqualTo(1);
    }

    @Test
    void signIn_groupsDecideRoles_anewEachTime() {
        identity.person("root@example.org", AccountRole.ADMIN);
        ExternalSignIn mapped = identity.externalSignIn(true, Set.of("admins"), Set.of());

        assertThat(signedIn(mapped, member("s1", "admins")).role()).isEqualTo(AccountRole.ADMIN);
        assertThat(signedIn(mapped, member("s1", "others")).role()).isEqualTo(AccountRole.USER);
    }

    @Test
    void signIn_lastAdministratorLeftTheGroup_staysAdministrator() {
        ExternalSignIn mapped = identity.externalSignIn(true, Set.of("admins"), Set.of());
        signedIn(mapped, member("s1", "admins"));

        assertThat(signedIn(mapped, member("s1", "others")).role()).isEqualTo(AccountRole.ADMIN);
    }

    @Test
    void signIn_disabledAccount_isRefused() {
        Account ada = signedIn(open, person("s1", "ada@example.org", true));
        identity.accounts.ban(ada.id(), "", null);

        assertThat(open.signIn(person("s1", "ada@example.org", true), HERE))
                .isEqualTo(new ExternalSignIn.Outcome.Disabled());
    }

    @Test
    void signIn_deceivingName_isReplaced() {
        ExternalIdentity odd =
                new ExternalIdentity("https://id.example", "s1", "ada@example.org", true, "a\u202eb", Set.of());

        assertThat(signedIn(open, odd).name()).isEqualTo("ada@example.org");
    }

    private static ExternalIdentity person(String subject, String email, boolean verified) {
        return new ExternalIdentity("https://id.example", subject, email, verified, "Ada", Set.of());
    }

    private static ExternalIdentity member(String subject, String group) {
        return new ExternalIdentity(
                "https://id.example", subject, "ada@example.org", true, "Ada", Set.of(group, "everybody"));
    }

    private static Account signedIn(ExternalSignIn signIn, ExternalIdentity who) {
        return ((ExternalSignIn.Outcome.SignedIn) signIn.signIn(who, HERE)).account();
    }
}

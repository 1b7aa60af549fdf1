package com.claudemesh.web.access;

import static com.claudemesh.web.access.Access.ADMINISTRATOR;
import static com.claudemesh.web.access.Access.ANYBODY;
import static com.claudemesh.web.access.Access.BEARER;
import static com.claudemesh.web.access.Access.BROWSER;
import static com.claudemesh.web.access.Access.OPERATOR;
import static com.claudemesh.web.access.Access.PERSON;
import static com.claudemesh.web.access.Access.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.AccountRole;
import com.claudemesh.identity.AccountToken;
import com.claudemesh.identity.Caller;
import com.claudemesh.identity.TokenKind;
import com.claudemesh.identity.WebSession;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole table: every kind of caller against every requirement. */
class AccessTest {

    static Stream<Arguments> callers() {
        return Stream.of(
                Arguments.of(new Caller.Anonymous(), EnumSet.of(PUBLIC, ANYBODY)),
                Arguments.of(browser(AccountRole.USER), EnumSet.of(PUBLIC, ANYBODY, PERSON, BROWSER)),
                Arguments.of(browser(AccountRole.ADMIN), EnumSet.of(PUBLIC, ANYBODY, PERSON, BROWSER, ADMINISTRATOR)),
                Arguments.of(bearer(AccountRole.USER), EnumSet.of(PUBLIC, ANYBODY, PERSON, BEARER)),
                Arguments.of(bearer(AccountRole.ADMIN), EnumSet.of(PUBLIC, ANYBODY, PERSON, BEARER, ADMINISTRATOR)),
                Arguments.of(new Caller.TheOperator(), EnumSet.of(PUBLIC, ANYBODY, BEARER, ADMINISTRATOR, OPERATOR)));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void admits_eachRequirement_isAsInTheTable(Caller caller, Set<Access> admitted) {
        for (Access access : Access.values()) {
            assertThat(access.admits(caller)).as("%s for %s", access, caller).isEqualTo(admitted.contains(access));
        }
    }

    private static Caller browser(AccountRole role) {
        return new Caller.Browser(new WebSession.Active("s", account(role)));
    }

    private static Caller bearer(AccountRole role) {
        return new Caller.Bearer(new AccountToken.Active("t", TokenKind.PERSONAL, account(role)));
    }

    private static Account account(AccountRole role) {
        return new Account("a", "Ada", "ada@example.org", true, role, true, Instant.EPOCH, null);
    }
}

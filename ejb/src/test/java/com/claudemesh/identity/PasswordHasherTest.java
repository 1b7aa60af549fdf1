package com.claudemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.testing.AtOnce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
    private final PasswordHasher hasher = new PasswordHasher(8_192, 1, 2);

    @Test
    void hash_anyPassword_isPhcTextWithItsParameters() {
        assertThat(hasher.hash("a password of mine"))
                .matches("\\$argon2id\\$v=19\\$m=8192,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    /** From RFC 9106's reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32. */
    @Test
    void matches_hashOfTheReferenceImplementation_isTrue() {
        String known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hasher.matches("password", known)).isTrue();
        assertThat(hasher.matches("Password", known)).isFalse();
    }

    @Test
    void matches_sameLettersTypedDecomposed_isTrue() {
        assertThat(hasher.matches("cafe\u0301 au lait", hasher.hash("caf\u00e9 au lait")))
                .isTrue();
    }

    @Test
    void matches_noHash_isFalseForAnything() {
        assertThat(hasher.matches("", null)).isFalse();
    }

    @Test
    void isOutdated_otherParameters_isTrue() {
        String old = new PasswordHasher(8_192, 2, 1).hash("x");

        assertThat(hasher.isOutdated(old)).isTrue();
        assertThat(hasher.isOutdated(hasher.hash("x"))).isFalse();
    }

    @Test
    void hash_moreAtOnceThanThereAreSlots_refusesWhoWaitedTooLong() throws Exception {
        PasswordHasher busy = new PasswordHasher(65_536, 3, 1, Duration.ofMillis(1));

        List<Boolean> hashed = AtOnce.run(6, () -> {
            try {
                return !busy.hash("a password of mine").isEmpty();
            } catch (OverloadedException e) {
                return false;
            }
        });

        assertThat(hashed).contains(true, false);
    }
}

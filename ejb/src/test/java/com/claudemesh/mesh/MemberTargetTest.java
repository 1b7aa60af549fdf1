package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTargetTest {
    private static final Somebody ALICE = new Somebody("alice", "abcdef01" + "0".repeat(56));
    private static final Somebody BOB = new Somebody("bob", "abcdef02" + "0".repeat(56));
    private static final Somebody SQUATTER = new Somebody(ALICE.key(), "99".repeat(32));
    private static final Somebody NAMESAKE = new Somebody("bob", "77".repeat(32));

    private record Somebody(String name, String key) {}

    @Test
    void among_wholeKey_findsItsOwnerAndNotWhoeverTookItForAName() {
        assertThat(meant(ALICE.key(), ALICE, BOB, SQUATTER)).containsExactly(ALICE);
    }

    @Test
    void among_wholeKeyInUpperCase_findsItsOwner() {
        assertThat(meant(ALICE.key().toUpperCase(java.util.Locale.ROOT), ALICE, BOB))
                .containsExactly(ALICE);
    }

    @Test
    void among_exactName_findsAllOfThatName() {
        assertThat(meant("bob", ALICE, BOB, NAMESAKE)).containsExactly(BOB, NAMESAKE);
    }

    @Test
    void among_nameInOtherCaseOrPartOfIt_findsNobody() {
        assertThat(meant("Bob", ALICE, BOB)).isEmpty();
        assertThat(meant("bo", ALICE, BOB)).isEmpty();
    }

    @Test
    void among_sixDigitsOfAKey_findsAllThatBeginWithThem() {
        assertThat(meant("abcdef", ALICE, BOB)).containsExactly(ALICE, BOB);
        assertThat(meant("ABCDEF01", ALICE, BOB)).containsExactly(ALICE);
    }

    @Test
    void among_fiveDigitsOrAWildcard_findsNobody() {
        assertThat(meant("abcde", ALICE, BOB)).isEmpty();
        assertThat(meant("abcdef%", ALICE, BOB)).isEmpty();
        assertThat(meant("%%%%%%", ALICE, BOB)).isEmpty();
    }

    @Test
    void among_nameThatLooksLikeAPrefix_isTakenForTheName() {
        Somebody decoy = new Somebody("abcdef", "55".repeat(32));

        assertThat(meant("abcdef", ALICE, BOB, decoy)).containsExactly(decoy);
    }

    private static List<Somebody> meant(String target, Somebody... candidates) {
        return MemberTarget.of(target).among(List.of(candidates), Somebody::name, one -> List.of(one.key()));
    }
}

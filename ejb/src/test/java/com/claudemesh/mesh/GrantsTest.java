package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.protocol.frame.Grant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wire protocol §4.8. */
class GrantsTest {
    private static final String MEMBER = "aa".repeat(32);
    private static final String SESSION = "bb".repeat(32);

    @ParameterizedTest
    @EnumSource(Grant.class)
    void allows_senderWithoutEntry_hasTheDefaults(Grant capability) {
        boolean byDefault = capability != Grant.STATE_WRITE && capability != Grant.FILE_READ;

        assertThat(Grants.NONE.allows(capability, MEMBER, SESSION)).isEqualTo(byDefault);
        assertThat(Grants.NONE.allows(capability, MEMBER, null)).isEqualTo(byDefault);
    }

    @Test
    void allows_entry_replacesTheDefaults() {
        Grants grants = Grants.of(Map.of(MEMBER, List.of(Grant.DM, Grant.FILE_READ)));

        assertThat(grants.allows(Grant.DM, MEMBER, null)).isTrue();
        assertThat(grants.allows(Grant.FILE_READ, MEMBER, null)).isTrue();
        assertThat(grants.allows(Grant.BROADCAST, MEMBER, null)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Grant.class)
    void allows_emptyEntry_blocks(Grant capability) {
        assertThat(Grants.of(Map.of(MEMBER, List.of())).allows(capability, MEMBER, SESSION))
                .isFalse();
    }

    @Test
    void allows_entryOfTheSessionKeyOnly_counts() {
        Grants grants = Grants.of(Map.of(SESSION, List.of()));

        assertThat(grants.allows(Grant.DM, MEMBER, SESSION)).isFalse();
        assertThat(grants.allows(Grant.DM, MEMBER, null)).isTrue();
    }

    @Test
    void allows_entriesOfBothKeys_theMemberKeyWins() {
        Grants blockedMember = Grants.of(Map.of(MEMBER, List.of(), SESSION, List.of(Grant.DM)));
        Grants blockedSession = Grants.of(Map.of(MEMBER, List.of(Grant.DM), SESSION, List.of()));

        assertThat(blockedMember.allows(Grant.DM, MEMBER, SESSION)).isFalse();
        assertThat(blockedSession.allows(Grant.DM, MEMBER, SESSION)).isTrue();
    }

    @Test
    void with_changes_replacesAddsAndTakesOut() {
        Grants before = Grants.of(Map.of(MEMBER, List.of(Grant.DM)));

        Grants after = before.with(Map.of(MEMBER, List.of(Grant.READ), SESSION, List.of()));

        assertThat(after.entries()).isEqualTo(Map.of(MEMBER, List.of(Grant.READ), SESSION, List.of()));
        assertThat(before.entries()).isEqualTo(Map.of(MEMBER, List.of(Grant.DM)));
        assertThat(after.with(Collections.singletonMap(MEMBER, null)).entries()).containsOnlyKeys(SESSION);
    }

    @Test
    void parse_ownJson_isTheSame() {
        Grants grants = Grants.of(Map.of(MEMBER, List.of(Grant.STATE_WRITE, Grant.DM), SESSION, List.of()));

        assertThat(Grants.parse(grants.toJson())).isEqualTo(grants);
        assertThat(Grants.parse("{}")).isEqualTo(Grants.NONE);
        assertThat(grants.toJson()).isEqualTo("{\"" + MEMBER + "\":[\"dm\",\"state-write\"],\"" + SESSION + "\":[]}");
    }

    @Test
    void parse_anythingElse_isRefused() {
        assertThatThrownBy(() -> Grants.parse("[]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grants.parse("{\"bob\":[]}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grants.parse("{\"" + MEMBER + "\":[\"fly\"]}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupMatchTest {

    @ParameterizedTest
    @CsvSource({
        "a/b/c, a/b/c, true",
        "a/b,   a/b/c, true",
        "a,     a/b/c, true",
        "a,     a,     true",
        "a/b,   a,     false",
        "a,     ab,    false",
        "a,     b/a,   false",
        "A,     a,     false",
        "a/,    a/b,   false",
        "eng,   eng-x, false"
    })
    void group_addressesItselfAndWhatLiesBelow(String group, String label, boolean addressed) {
        assertThat(GroupMatch.addresses(group, List.of(new GroupLabel(label, null))))
                .isEqualTo(addressed);
    }

    @Test
    void group_amongSeveralLabels_isFound() {
        assertThat(GroupMatch.addresses("ops", List.of(new GroupLabel("eng", null), new GroupLabel("ops/night", "x"))))
                .isTrue();
        assertThat(GroupMatch.addresses("ops", List.of())).isFalse();
    }
}

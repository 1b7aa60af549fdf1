package com.claudemesh.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HexTest {

    private static final String LOWER_KEY = "fe64fe0524023daae3d1e08c5a255db663d570c1964184c615192c0daada6412";

    @Test
    void isKey_eitherCase_true() {
        assertThat(Hex.isKey(LOWER_KEY)).isTrue();
        assertThat(Hex.isKey(LOWER_KEY.toUpperCase())).isTrue();
    }

    @Test
    void isKey_nullShortOrForeignCharacter_false() {
        assertThat(Hex.isKey(null)).isFalse();
        assertThat(Hex.isKey(LOWER_KEY.substring(1))).isFalse();
        assertThat(Hex.isKey("g" + LOWER_KEY.substring(1))).isFalse();
        assertThat(Hex.isKey("\u0661" + LOWER_KEY.substring(1))).isFalse();
    }

    @Test
    void isLowerKey_uppercase_false() {
        assertThat(Hex.isLowerKey(LOWER_KEY)).isTrue();
        assertThat(Hex.isLowerKey(LOWER_KEY.toUpperCase())).isFalse();
    }

    @Test
    void isSignature_twoKeysLong_true() {
        assertThat(Hex.isSignature(LOWER_KEY + LOWER_KEY)).isTrue();
        assertThat(Hex.isSignature(LOWER_KEY)).isFalse();
    }
}

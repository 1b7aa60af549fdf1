package com.claudemesh.protocol.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTokenTest {

    @Test
    void generate_token_isPlausibleAndNeverTheSame() {
        PersonalToken token = PersonalToken.generate();

        assertThat(token.secret()).hasSize(PersonalToken.SECRET_CHARS);
        assertThat(PersonalToken.isPlausible(token.secret())).isTrue();
        assertThat(PersonalToken.generate().secret()).isNotEqualTo(token.secret());
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    /** RFC 4648 §10: BASE32("foobar") is MZXW6YTBOI. */
    @Test
    void of_knownBytes_isTheirBase32() {
        assertThat(PersonalToken.of("foobar".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .secret())
                .isEqualTo("cm_pat_MZXW6YTBOI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cm_pat_", "cm_pat_short", "cm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void isPlausible_anythingElse_isFalse(String text) {
        assertThat(PersonalToken.isPlausible(text)).isFalse();
    }
}

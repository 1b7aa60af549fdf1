package com.claudemesh.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteLinkTest {

    @ParameterizedTest
    @CsvSource({
        "https://mesh.example/i/ABCDEF23, https://mesh.example, ABCDEF23",
        "https://mesh.example/i/ABCDEF23/, https://mesh.example, ABCDEF23",
        "http://localhost:8080/en/i/ABCDEF23, http://localhost:8080, ABCDEF23",
        "mesh.example/i/ABCDEF23, https://mesh.example, ABCDEF23",
        "ABCDEF23, '', ABCDEF23",
    })
    void parse_shortCode_givesOriginAndCode(String text, String origin, String code) {
        assertThat(InviteLink.parse(text)).contains(new InviteLink.Code(origin, code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ic://join/eyJ2IjoxLCJtZXNoX2lkIjoi",
                "https://mesh.example/fr/join/eyJ2IjoxLCJtZXNoX2lkIjoi/",
                "  eyJ2IjoxLCJtZXNoX2lkIjoi\n"
            })
    void parse_token_givesToken(String text) {
        assertThat(InviteLink.parse(text)).contains(new InviteLink.Token("eyJ2IjoxLCJtZXNoX2lkIjoi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ABC",
                "https://mesh.example/",
                "https://mesh.example/i/ABC",
                "https://mesh.example/i/ABCDEFGHJKLMNPQRS",
                "ftp://mesh.example/join/eyJ2IjoxLCJtZXNoX2lkIjoi",
                "https://mesh.example/join/a b"
            })
    void parse_otherText_isEmpty(String text) {
        assertThat(InviteLink.parse(text)).isEmpty();
    }
}

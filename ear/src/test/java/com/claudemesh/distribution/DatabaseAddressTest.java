package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @Test
    void parse_fullAddress_takesEveryPart() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgres://mesh:p%40ss+w%3Ard@db.example:6432/mesh?sslmode=require");

        assertThat(address)
                .isEqualTo(new DatabaseAddress("db.example", 6432, "mesh", "sslmode=require", "mesh", "p@ss+w:rd"));
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/mesh?sslmode=require");
    }

    @Test
    void parse_withoutPortAndPassword_usesDefaults() {
        DatabaseAddress address = DatabaseAddress.parse("postgresql://mesh@localhost/mesh");

        assertThat(address).isEqualTo(new DatabaseAddress("localhost", 5432, "mesh", "", "mesh", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:secret@h/d",
                "postgres://h/d",
                "postgres://u:secret@h",
                "postgres://u:secret@h/",
                "postgres://u:secret@h/a/b",
                "postgres://u:sec ret@h/d",
                "jdbc:postgresql://h/d",
                "nonsense"
            })
    void parse_anotherForm_isRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("DATABASE_URL must look like")
                .hasMessageNotContaining("secret");
    }

    @Test
    void toString_address_hidesPassword() {
        assertThat(DatabaseAddress.parse("postgres://mesh:secret@h/d").toString())
                .doesNotContain("secret");
    }
}

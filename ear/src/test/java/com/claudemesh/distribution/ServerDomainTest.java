package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerDomainTest {

    @Test
    void hash_knownPasswordAndSalt_isWhatPayaraComputes() {
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};

        assertThat(ServerDomain.hash("correct horse", salt))
                .isEqualTo("{SSHA256}rKN2ujgeUkCOFmNVF4Qwl75B+GYugYsM/7x0i03HV6ABAgMEBQYHCA==");
    }
}

package com.claudemesh.protocol.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.claudemesh.protocol.encoding.Hex;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {

    /** From the NaCl paper "Cryptography in NaCl", section 8. */
    @Test
    void hSalsa20_publishedSharedSecret_givesThePublishedKey() {
        byte[] shared = Hex.decode("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

        assertThat(Hex.encode(HSalsa20.derive(shared, new byte[16])))
                .isEqualTo("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
    }

    /** From draft-irtf-cfrg-xchacha-03, section 2.2.1. */
    @Test
    void hChaCha20_publishedInput_givesThePublishedKey() {
        byte[] key = Hex.decode("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] input = Hex.decode("000000090000004a0000000031415927");

        assertThat(Hex.encode(HChaCha20.derive(key, input)))
                .isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    @Test
    void derive_wrongLength_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HSalsa20.derive(new byte[31], new byte[16]));
        assertThatIllegalArgumentException().isThrownBy(() -> HChaCha20.derive(new byte[32], new byte[15]));
    }

    /** RFC 4231 test case 2. */
    @Test
    void hmacSha256_publishedInput_givesThePublishedCode() {
        assertThat(Hex.encode(Digests.hmacSha256(ascii("Jefe"), ascii("what do ya want for nothing?"))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

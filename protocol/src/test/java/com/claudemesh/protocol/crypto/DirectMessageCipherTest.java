package com.claudemesh.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectMessageCipherTest {

    private final SigningKeyPair alice = SigningKeyPair.generate();
    private final SigningKeyPair bob = SigningKeyPair.generate();
    private final DirectMessageCipher subject = new DirectMessageCipher(alice.secretHex());

    @Test
    void encrypt_then_otherSideDecrypts() {
        Sealed sealed = subject.encrypt("hello", bob.publicHex());

        assertThat(new DirectMessageCipher(bob.secretHex()).decrypt(sealed, alice.publicHex()))
                .contains("hello");
    }

    @Test
    void encrypt_samePeerInEitherCase_keepsOneKey() {
        subject.encrypt("one", bob.publicHex());
        subject.encrypt("two", bob.publicHex().toUpperCase(Locale.ROOT));

        assertThat(subject.cachedPeers()).isEqualTo(1);
    }

    @Test
    void encrypt_morePeersThanTheBound_forgetsTheOldest() {
        for (int i = 0; i < DirectMessageCipher.MAX_PEERS + 5; i++) {
            subject.encrypt("", SigningKeyPair.generate().publicHex());
        }

        assertThat(subject.cachedPeers()).isEqualTo(DirectMessageCipher.MAX_PEERS);
    }

    @Test
    void encrypt_manyThreads_allReadable() {
        List<Sealed> sealed = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> subject.encrypt("message " + i, bob.publicHex()))
                .toList();

        for (int i = 0; i < sealed.size(); i++) {
            assertThat(DirectMessage.decrypt(sealed.get(i), alice.publicHex(), bob.secretHex()))
                    .contains("message " + i);
        }
    }

    @Test
    void decrypt_plaintextThatIsNotUtf8_isEmpty() {
        SharedKey key = DirectMessage.sharedKey(bob.publicHex(), alice.secretHex());
        byte[] nonce = Sealed.newNonce();
        Sealed sealed = Sealed.of(nonce, key.seal(nonce, new byte[] {(byte) 0xff}));

        assertThat(DirectMessage.decrypt(sealed, alice.publicHex(), bob.secretHex()))
                .isEmpty();
    }

    @Test
    void constructor_malformedSecret_isRefused() {
        assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> new DirectMessageCipher("ab"));
    }
}

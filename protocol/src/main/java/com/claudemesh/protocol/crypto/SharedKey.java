package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import com.claudemesh.protocol.crypto.primitive.HSalsa20;
import com.claudemesh.protocol.encoding.Hex;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The precomputed key of two x25519 parties, libsodium's {@code crypto_box_beforenm}: HSalsa20(X25519(secret, public)).
 *
 * <p>Immutable. Making one costs a scalar multiplication, using it does not: keep it per peer.
 */
public final class SharedKey {

    private static final byte[] ZERO_INPUT = new byte[HSalsa20.INPUT_BYTES];

    private final byte[] key;

    private SharedKey(byte[] key) {
        this.key = key;
    }

    /**
     * The key between the owner of a secret key and the owner of a public key; the same from both sides.
     *
     * @throws BadKeyException if a length is wrong or the public key is of low order
     */
    public static SharedKey between(byte[] theirPublic, byte[] ownSecret) {
        if (theirPublic.length != BoxKeyPair.KEY_BYTES || ownSecret.length != BoxKeyPair.KEY_BYTES) {
            throw new BadKeyException("x25519 keys have 32 bytes");
        }
        byte[] point = new byte[X25519.POINT_SIZE];
        if (!X25519.calculateAgreement(ownSecret, 0, theirPublic, 0, point, 0)) {
            throw new BadKeyException("the x25519 public key is of low order");
        }
        byte[] key = HSalsa20.derive(point, ZERO_INPUT);
        Bytes.clear(point);
        return new SharedKey(key);
    }

    /**
     * Encrypts and authenticates a message; the nonce must never repeat between the two parties.
     *
     * @param nonce 24 bytes
     * @return 16-byte tag followed by the ciphertext
     * @throws IllegalArgumentException if the nonce has another length
     */
    public byte[] seal(byte[] nonce, byte[] message) {
        return SecretBox.seal(key, nonce, message);
    }

    /** The message, or empty if a length is wrong or the box was not made by these two parties with this nonce. */
    public Optional<byte[]> open(byte[] nonce, byte[] box) {
        return SecretBox.open(key, nonce, box);
    }

    /** The raw key, for comparison with test vectors only. */
    String hex() {
        return Hex.encode(key);
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "SharedKey[]";
    }
}

package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.crypto.primitive.Bytes;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * XSalsa20-Poly1305 with the tag in front, libsodium's {@code crypto_secretbox_easy}.
 *
 * <p>The first 32 bytes of the key stream are the Poly1305 key; the message is encrypted from byte 32 on.
 */
public final class SecretBox {

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 24;
    public static final int TAG_BYTES = 16;

    private SecretBox() {}

    /**
     * Encrypts; a nonce must never be used twice with one key.
     *
     * @return 16-byte tag followed by the ciphertext
     * @throws BadKeyException if the key has not 32 bytes
     * @throws IllegalArgumentException if the nonce has not 24 bytes
     */
    public static byte[] seal(byte[] key, byte[] nonce, byte[] message) {
        if (key.length != KEY_BYTES) {
            throw new BadKeyException("a secretbox key has 32 bytes");
        }
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("a secretbox nonce has 24 bytes");
        }
        XSalsa20Engine stream = stream(key, nonce);
        byte[] macKey = macKey(stream);
        byte[] box = new byte[TAG_BYTES + message.length];
        stream.processBytes(message, 0, message.length, box, TAG_BYTES);
        byte[] tag = tag(macKey, box);
        System.arraycopy(tag, 0, box, 0, TAG_BYTES);
        return box;
    }

    /** Decrypts, or is empty if a length is wrong or the box was not made with this key and nonce. */
    public static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] box) {
        if (key.length != KEY_BYTES || nonce.length != NONCE_BYTES || box.length < TAG_BYTES) {
            return Optional.empty();
        }
        XSalsa20Engine stream = stream(key, nonce);
        byte[] expectedTag = tag(macKey(stream), box);
        if (!Bytes.equal(expectedTag, Arrays.copyOf(box, TAG_BYTES))) {
            return Optional.empty();
        }
        byte[] message = new byte[box.length - TAG_BYTES];
        stream.processBytes(box, TAG_BYTES, message.length, message, 0);
        return Optional.of(message);
    }

    private static XSalsa20Engine stream(byte[] key, byte[] nonce) {
        XSalsa20Engine engine = new XSalsa20Engine();
        engine.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        return engine;
    }

    private static byte[] macKey(XSalsa20Engine stream) {
        byte[] macKey = new byte[KEY_BYTES];
        stream.processBytes(macKey, 0, KEY_BYTES, macKey, 0);
        return macKey;
    }

    private static byte[] tag(byte[] macKey, byte[] box) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        Bytes.clear(macKey);
        mac.update(box, TAG_BYTES, box.length - TAG_BYTES);
        byte[] tag = new byte[TAG_BYTES];
        mac.doFinal(tag, 0);
        return tag;
    }
}

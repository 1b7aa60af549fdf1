package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Plain Ed25519 signatures (RFC 8032) over the UTF-8 bytes of a text, written as hexadecimal.
 *
 * <p>Equivalent to libsodium's {@code crypto_sign_detached} and {@code crypto_sign_verify_detached}. Signing is
 * deterministic.
 */
public final class Signatures {

    public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

    private static final int SEED_BYTES = 32;

    private Signatures() {}

    /**
     * Signs with a 64-byte secret key of 128 hexadecimal digits.
     *
     * @return 128 lowercase hexadecimal digits
     * @throws BadKeyException if the secret key is malformed
     */
    public static String sign(String text, String secretKeyHex) {
        if (!Hex.isSignature(secretKeyHex)) {
            throw new BadKeyException("an ed25519 secret key is written as 128 hexadecimal digits");
        }
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] secretKey = Hex.decode(secretKeyHex);
        byte[] signature = new byte[SIGNATURE_BYTES];
        try {
            Ed25519.sign(secretKey, 0, secretKey, SEED_BYTES, message, 0, message.length, signature, 0);
        } finally {
            Arrays.fill(secretKey, (byte) 0);
        }
        return Hex.encode(signature);
    }

    /**
     * True only for a valid signature. False for malformed hexadecimal of either argument, for S not below the group
     * order, and for non-canonical or small-order public keys and R values.
     */
    public static boolean verify(String text, @Nullable String signatureHex, @Nullable String publicKeyHex) {
        if (signatureHex == null
                || publicKeyHex == null
                || !Hex.isSignature(signatureHex)
                || !Hex.isKey(publicKeyHex)) {
            return false;
        }
        byte[] signature = Hex.decode(signatureHex);
        if (!Ed25519.validatePublicKeyPartial(signature, 0)) {
            return false;
        }
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return Ed25519.verify(signature, 0, Hex.decode(publicKeyHex), 0, message, 0, message.length);
    }
}

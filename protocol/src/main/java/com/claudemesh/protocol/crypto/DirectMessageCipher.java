package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Hex;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Direct messages of one identity, with the shared keys of its most recent peers kept in memory.
 *
 * <p>Safe for any thread. Keeps at most {@value #MAX_PEERS} peers and forgets the one unused for longest.
 */
public final class DirectMessageCipher {

    static final int MAX_PEERS = 1024;

    private final byte[] ownSecret;
    private final Map<String, SharedKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SharedKey> eldest) {
            return size() > MAX_PEERS;
        }
    };

    /**
     * The cipher of one identity.
     *
     * @param ownSecretHex ed25519 secret key, 128 hexadecimal digits
     * @throws BadKeyException if it is malformed
     */
    public DirectMessageCipher(String ownSecretHex) {
        this.ownSecret = Curve25519Keys.secretKey(ownSecretHex);
    }

    /**
     * Encrypts with a fresh random nonce.
     *
     * @throws BadKeyException if the recipient's key is malformed or cannot be converted
     */
    public Sealed encrypt(String text, String recipientPublicHex) {
        return DirectMessage.seal(text, keyWith(recipientPublicHex));
    }

    /** Decrypts, or is empty if anything about the body or the sender's key is wrong. */
    public Optional<String> decrypt(Sealed sealed, String senderPublicHex) {
        try {
            return DirectMessage.open(sealed, keyWith(senderPublicHex));
        } catch (BadKeyException unusableSenderKey) {
            return Optional.empty();
        }
    }

    int cachedPeers() {
        synchronized (keys) {
            return keys.size();
        }
    }

    /** The multiplication runs outside the lock: two threads may compute one key, none waits for another's. */
    private SharedKey keyWith(String peerPublicHex) {
        if (!Hex.isKey(peerPublicHex)) {
            throw new BadKeyException("an ed25519 public key is written as 64 hexadecimal digits");
        }
        String peer = peerPublicHex.toLowerCase(Locale.ROOT);
        synchronized (keys) {
            SharedKey known = keys.get(peer);
            if (known != null) {
                return known;
            }
        }
        SharedKey computed = SharedKey.between(Curve25519Keys.publicKey(peer), ownSecret);
        synchronized (keys) {
            keys.put(peer, computed);
        }
        return computed;
    }
}

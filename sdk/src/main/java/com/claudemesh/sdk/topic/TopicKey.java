package com.claudemesh.sdk.topic;

import com.claudemesh.protocol.crypto.TopicKeys;

/**
 * One generation of a topic's key.
 *
 * @param epoch 1 for the first, one more after each rotation
 * @param key 32 bytes
 * @param sealedBy member key (64 hexadecimal digits) of whoever sealed the copy that was accepted, or {@link #BY_SERVER}
 * @param sealerName what that member was called then
 */
public record TopicKey(int epoch, byte[] key, String sealedBy, String sealerName) {
    /** The server makes a topic's first key, seals it for whoever made the topic, and forgets it. */
    public static final String BY_SERVER = "server";

    /** @throws IllegalArgumentException for an epoch below 1 or a key of another length */
    public TopicKey {
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs begin with 1");
        }
        if (key.length != TopicKeys.KEY_BYTES) {
            throw new IllegalArgumentException("a topic key has " + TopicKeys.KEY_BYTES + " bytes");
        }
        key = key.clone();
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "TopicKey[epoch=" + epoch + ", sealedBy=" + sealedBy + "]";
    }
}

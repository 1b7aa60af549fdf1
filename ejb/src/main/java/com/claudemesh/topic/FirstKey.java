package com.claudemesh.topic;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;

/**
 * The key that a new topic gets, as existing clients expect. The server makes it, seals it for the creator with a one-time
 * pair, and forgets both.
 */
final class FirstKey {
    private FirstKey() {}

    /** A creator whose key cannot be sealed for leaves the topic without a key: a member can claim it. */
    static void make(Connection connection, String topicId, MemberView creator, Instant now) throws SQLException {
        if (!Curve25519Keys.isConvertible(creator.publicKey())) {
            return;
        }
        byte[] key = TopicKeys.generate();
        BoxKeyPair once = BoxKeyPair.generate();
        Sealed copy = TopicKeys.seal(key, creator.publicKey(), once);
        Arrays.fill(key, (byte) 0);
        KeyStore.begin(connection, topicId, 1, once.publicHex());
        KeyStore.put(
                connection,
                new KeyStore.NewCopy(
                        topicId,
                        creator.memberId(),
                        1,
                        copy.ciphertext(),
                        copy.nonce(),
                        creator.publicKey(),
                        null,
                        null),
                now);
    }
}

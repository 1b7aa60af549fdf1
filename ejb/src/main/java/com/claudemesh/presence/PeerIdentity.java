package com.claudemesh.presence;

import org.jspecify.annotations.Nullable;

/**
 * Who a connection is.
 *
 * @param memberPublicKey proven by the hello, lower-case hex
 * @param sessionPublicKey announced session key, lower-case hex
 * @param sessionVerified the session key was proven: it signed, or the member key attested it
 * @param displayName the connection's own name, else the member's
 */
public record PeerIdentity(
        String meshId,
        String memberId,
        String memberPublicKey,
        @Nullable String sessionPublicKey,
        boolean sessionVerified,
        String displayName) {

    /** The key that others address this peer by, and that its messages name as sender. */
    public String routingKey() {
        return sessionPublicKey == null ? memberPublicKey : sessionPublicKey;
    }

    public boolean hasKey(String publicKey) {
        return memberPublicKey.equals(publicKey) || publicKey.equals(sessionPublicKey);
    }

    PeerIdentity withDisplayName(String name) {
        return new PeerIdentity(meshId, memberId, memberPublicKey, sessionPublicKey, sessionVerified, name);
    }
}

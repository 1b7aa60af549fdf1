package com.claudemesh.sdk;

import com.claudemesh.protocol.crypto.BadKeyException;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.InvalidFieldException;
import java.net.URI;

/** Who connects where. Keys in lower-case hex: 64 digits public, 128 digits secret. */
public record MeshIdentity(String meshId, String memberId, String publicKey, String secretKey, URI brokerUrl) {
    /** @throws InvalidFieldException when the address is no WebSocket address or the keys do not belong together */
    void verify() {
        String scheme = brokerUrl.getScheme();
        if (!"ws".equalsIgnoreCase(scheme) && !"wss".equalsIgnoreCase(scheme)) {
            throw new InvalidFieldException("brokerUrl", "must begin with ws:// or wss://");
        }
        String owned;
        try {
            owned = SigningKeyPair.fromSecretHex(secretKey).publicHex();
        } catch (BadKeyException e) {
            throw new InvalidFieldException("secretKey", e.getMessage());
        }
        if (!owned.equals(publicKey)) {
            throw new InvalidFieldException("publicKey", "does not belong to the secret key");
        }
    }

    /** Leaves the secret key out. */
    @Override
    public String toString() {
        return "MeshIdentity[" + meshId + ", " + memberId + ", " + brokerUrl + "]";
    }
}

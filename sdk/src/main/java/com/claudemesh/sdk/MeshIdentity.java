package com.claudemesh.sdk;

import java.net.URI;

/** Who connects where. Keys in lower-case hex: 64 digits public, 128 digits secret. */
public record MeshIdentity(String meshId, String memberId, String publicKey, String secretKey, URI brokerUrl) {
    @Override
    public String toString() {
        return "MeshIdentity[" + meshId + ", " + memberId + ", " + brokerUrl + "]";
    }
}

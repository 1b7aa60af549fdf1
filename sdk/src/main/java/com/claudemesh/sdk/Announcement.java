package com.claudemesh.sdk;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Hello;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client says about itself in every hello. */
record Announcement(
        String sessionId,
        @Nullable SigningKeyPair sessionKeys,
        @Nullable Long pid,
        @Nullable String cwd,
        @Nullable String displayName,
        @Nullable String hostname,
        @Nullable String channel,
        @Nullable String model,
        @Nullable String peerType,
        @Nullable List<GroupLabel> groups,
        List<String> capabilities) {

    /**
     * A hello with fresh signatures: the member key's, and the session key's that proves that it is ours.
     *
     * @throws com.claudemesh.protocol.frame.InvalidFieldException when a field is out of bounds
     */
    Hello hello(MeshIdentity identity, long nowMillis) {
        String text = HelloText.canonical(identity.meshId(), identity.memberId(), identity.publicKey(), nowMillis);
        return new Hello(
                identity.meshId(),
                identity.memberId(),
                identity.publicKey(),
                LongNode.valueOf(nowMillis),
                Signatures.sign(text, identity.secretKey()),
                sessionId,
                pid,
                cwd,
                sessionKeys == null ? null : sessionKeys.publicHex(),
                sessionKeys == null ? null : Signatures.sign(text, sessionKeys.secretHex()),
                displayName,
                hostname,
                channel,
                model,
                peerType,
                groups,
                Limits.PROTOCOL_VERSION,
                capabilities);
    }
}

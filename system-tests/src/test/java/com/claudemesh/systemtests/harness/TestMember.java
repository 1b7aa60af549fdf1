package com.claudemesh.systemtests.harness;

import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A member's keys, and the hello that they make. */
public record TestMember(String meshId, String memberId, String publicKey, String secretKey, String displayName) {

    /** A hello as an unmodified client sends it, correct in every field; tests change what they are about. */
    public ObjectNode hello() {
        return hello(System.currentTimeMillis());
    }

    public ObjectNode hello(long timestampMillis) {
        ObjectNode hello = Json.mapper().createObjectNode();
        hello.put("type", "hello");
        hello.put("meshId", meshId);
        hello.put("memberId", memberId);
        hello.put("pubkey", publicKey);
        hello.put("sessionId", UUID.randomUUID().toString());
        hello.put("pid", 1);
        hello.put("cwd", "/project");
        hello.put("timestamp", timestampMillis);
        hello.put(
                "signature",
                Signatures.sign(HelloText.canonical(meshId, memberId, publicKey, timestampMillis), secretKey));
        return hello;
    }
}

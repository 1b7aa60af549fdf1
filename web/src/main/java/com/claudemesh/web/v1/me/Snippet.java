package com.claudemesh.web.v1.me;

import com.claudemesh.protocol.crypto.PlaintextBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a post's content goes into a list: the beginning of what the server may read, else the ciphertext. */
final class Snippet {
    private static final int MAX_CHARS = 240;

    private Snippet() {}

    static void put(
            Map<String, Object> body, int bodyVersion, String nonce, String ciphertext, @Nullable Integer keyEpoch) {
        boolean readable = bodyVersion == 1;
        body.put("snippet", readable ? beginning(ciphertext) : null);
        body.put("ciphertext", readable ? null : ciphertext);
        body.put("bodyVersion", bodyVersion);
        if (!readable) {
            body.put("nonce", nonce);
            body.put("keyEpoch", keyEpoch);
        }
    }

    private static @Nullable String beginning(String ciphertext) {
        return PlaintextBody.decode(ciphertext)
                .map(text -> text.length() <= MAX_CHARS ? text : text.substring(0, cut(text)))
                .orElse(null);
    }

    /** Never between the two halves of a character. */
    private static int cut(String text) {
        return Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
    }
}

package com.claudemesh.protocol.crypto;

import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Body version 1 of broadcasts, groups, tags and keyless topics: Base64 of the text, <b>not encrypted</b>. */
public final class PlaintextBody {

    public static final int BODY_VERSION = 1;

    private PlaintextBody() {}

    /** Writes the text; the random nonce carries no meaning but is expected by every reader. */
    public static Sealed encode(String text) {
        return Sealed.of(Sealed.newNonce(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the text leniently (either alphabet, padding and white space optional); empty if it is not UTF-8 text. */
    public static Optional<String> decode(String ciphertextB64) {
        return Utf8Text.decode(Base64Text.decodeLenient(ciphertextB64));
    }
}

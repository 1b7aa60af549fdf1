package com.claudemesh.protocol.crypto;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person may paste to join: a link or bare text that carries a v1 token or a short code. */
public sealed interface InviteLink {

    /** A v1 token, to be read by {@link InviteV1#parseToken}. */
    record Token(String token) implements InviteLink {
        /** Hides the token: it contains the mesh root key. */
        @Override
        public String toString() {
            return "Token[]";
        }
    }

    /**
     * A short code.
     *
     * @param origin {@code scheme://host[:port]} of the application that knows the code; empty if only the code was
     *     given. {@code https} when the text had no scheme.
     */
    record Code(String origin, String code) implements InviteLink {}

    int MAX_LINK_CHARS = 8192;

    /** The meaning of the text, surrounding white space ignored, or empty if it is no invite. */
    static Optional<InviteLink> parse(String text) {
        String link = text.strip();
        if (link.length() > MAX_LINK_CHARS) {
            return Optional.empty();
        }
        Matcher token = Forms.TOKEN_LINK.matcher(link);
        if (token.matches()) {
            return Optional.of(new Token(token.group(1)));
        }
        Matcher code = Forms.CODE_LINK.matcher(link);
        if (code.matches()) {
            String scheme = code.group(1) == null ? "https://" : code.group(1);
            return Optional.of(new Code(scheme + code.group(2), code.group(3)));
        }
        if (Forms.BARE_CODE.matcher(link).matches()) {
            return Optional.of(new Code("", link));
        }
        return Forms.BARE_TOKEN.matcher(link).matches() ? Optional.of(new Token(link)) : Optional.empty();
    }

    /** The accepted spellings. */
    final class Forms {
        private static final Pattern TOKEN_LINK =
                Pattern.compile("(?:ic://join/|https?://[^/?#\\s]+(?:/[A-Za-z]{2})?/join/)([A-Za-z0-9_-]+)/?");
        private static final Pattern CODE_LINK =
                Pattern.compile("(https?://)?([^/?#\\s]+)(?:/[A-Za-z]{2})?/i/([A-Za-z0-9]{6,16})/?");
        private static final Pattern BARE_CODE = Pattern.compile("[A-Za-z0-9]{6,16}");
        private static final Pattern BARE_TOKEN = Pattern.compile("[A-Za-z0-9_-]{21,}");

        private Forms() {}
    }
}

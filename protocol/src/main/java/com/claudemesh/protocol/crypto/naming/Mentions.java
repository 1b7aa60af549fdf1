package com.claudemesh.protocol.crypto.naming;

import com.claudemesh.protocol.encoding.Base64Text;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code @name} in texts: names of 1 to 64 letters, digits, {@code _} and {@code -}, bounded by other characters. */
public final class Mentions {

    /** More names than this in one message are ignored. */
    public static final int MAX_NAMES = 16;

    private static final Pattern MENTION =
            Pattern.compile("(?<![A-Za-z0-9_-])@([A-Za-z0-9_-]{1,64}+)(?![A-Za-z0-9_-])");

    private Mentions() {}

    /** The names in a text, lowercase, each once, in order of first appearance. */
    public static List<String> inText(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = MENTION.matcher(text);
        while (names.size() < MAX_NAMES && matcher.find()) {
            names.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(names);
    }

    /** The names in a version-1 body, which is lenient Base64 of the text. */
    public static List<String> inPlaintextBody(String ciphertextB64) {
        return inText(new String(Base64Text.decodeLenient(ciphertextB64), StandardCharsets.UTF_8));
    }
}

package com.claudemesh.platform;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What people may be called: visible characters, no line breaks, no direction tricks, no words that mix alphabets whose
 * letters look alike (Unicode Technical Standard 39 §5), 1 to 60 characters.
 */
public final class DisplayName {
    public static final int MAX_CHARS = 60;

    /** What {@link #clean} accepts, for error messages. */
    public static final String RULE =
            "must be 1-" + MAX_CHARS + " visible characters, and no word may mix Latin, Greek and Cyrillic letters";

    private static final Set<UnicodeScript> LOOK_ALIKE =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    private DisplayName() {}

    /** The name in NFC without outer blanks; empty when it may not be used. */
    public static Optional<String> clean(String name) {
        String clean = Normalizer.normalize(name, Normalizer.Form.NFC).strip();
        boolean usable = !clean.isEmpty()
                && clean.length() <= MAX_CHARS
                && clean.codePoints().noneMatch(DisplayName::isInvisible)
                && !mixesAlphabets(clean);
        return usable ? Optional.of(clean) : Optional.empty();
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }

    private static boolean mixesAlphabets(String name) {
        for (String word : name.split("[\\s\\p{Punct}]+")) {
            long alphabets = word.codePoints()
                    .mapToObj(UnicodeScript::of)
                    .filter(LOOK_ALIKE::contains)
                    .distinct()
                    .count();
            if (alphabets > 1) {
                return true;
            }
        }
        return false;
    }
}

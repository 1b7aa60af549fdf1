package com.claudemesh.mesh;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.encoding.Hex;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A member or peer as an administrator names it: by a whole key, by its exact name, or by the first digits of a key. The
 * three are tried in this order, so that nobody shields itself, or exposes others, by taking their key for a name.
 */
public final class MemberTarget {
    private final String text;
    private final @Nullable String key;
    private final @Nullable String keyPrefix;

    private MemberTarget(String text) {
        this.text = text;
        String lower = text.toLowerCase(Locale.ROOT);
        this.key = Hex.isLowerKey(lower) ? lower : null;
        this.keyPrefix = isPrefix(lower) ? lower : null;
    }

    public static MemberTarget of(String text) {
        return new MemberTarget(text);
    }

    private static boolean isPrefix(String text) {
        return text.length() >= Limits.MIN_KEY_PREFIX_CHARS
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** The candidates that are meant. */
    public <T> List<T> among(
            Collection<T> candidates, Function<T, String> name, Function<T, ? extends Collection<String>> keys) {
        List<T> byKey = key == null
                ? List.of()
                : fitting(candidates, one -> keys.apply(one).contains(key));
        if (!byKey.isEmpty()) {
            return byKey;
        }
        List<T> byName = fitting(candidates, one -> name.apply(one).equals(text));
        if (!byName.isEmpty() || keyPrefix == null) {
            return byName;
        }
        return fitting(
                candidates, one -> keys.apply(one).stream().anyMatch(candidate -> candidate.startsWith(keyPrefix)));
    }

    private static <T> List<T> fitting(Collection<T> candidates, Predicate<T> condition) {
        return candidates.stream().filter(condition).toList();
    }
}

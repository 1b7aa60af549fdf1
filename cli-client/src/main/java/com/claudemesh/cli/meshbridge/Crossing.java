package com.claudemesh.cli.meshbridge;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a post crosses the bridge, and what it says on the other side. How often it has crossed bridges is a visible mark
 * at its beginning, because that is all that every bridge and server in between keeps.
 */
final class Crossing {
    private static final Pattern MARK = Pattern.compile("\\A__cmh([0-9]{1,4}):");
    private static final Pattern TAG = Pattern.compile("(?<![\\p{L}0-9_-])#([\\p{L}0-9_-]{1,64})");

    private final int maxHops;
    private final Set<String> ownKeys;

    sealed interface Decision {
        /** @param hop how many bridges the post has crossed with this one */
        record Forward(String text, int hop) implements Decision {}

        record Drop(String reason, int hop) implements Decision {}
    }

    /** @param ownKeys member and session keys of both ends, lower case; may grow */
    Crossing(int maxHops, Set<String> ownKeys) {
        this.maxHops = maxHops;
        this.ownKeys = ownKeys;
    }

    /** @param senderKeys session and member key of the sender, as far as they are known */
    Decision decide(String text, String senderName, String meshName, Set<String> senderKeys, Set<String> tags) {
        Matcher mark = MARK.matcher(text);
        boolean marked = mark.find();
        int hop = marked ? Integer.parseInt(mark.group(1)) : 0;
        if (senderKeys.stream().anyMatch(ownKeys::contains)) {
            return new Decision.Drop("echo", hop);
        }
        String plain = marked ? text.substring(mark.end()) : text;
        if (!tags.isEmpty() && !hasTag(plain, tags)) {
            return new Decision.Drop("filter", hop);
        }
        if (hop + 1 > maxHops) {
            return new Decision.Drop("max_hops", hop);
        }
        String said = marked ? plain : senderName + " (" + meshName + "): " + plain;
        return new Decision.Forward("__cmh" + (hop + 1) + ":" + said, hop + 1);
    }

    private static boolean hasTag(String text, Set<String> tags) {
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            if (tags.contains(tag.group(1).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}

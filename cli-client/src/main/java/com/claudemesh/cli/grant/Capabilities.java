package com.claudemesh.cli.grant;

import com.claudemesh.cli.CliException;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.InvalidFieldException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets of capabilities as people type them. */
public final class Capabilities {
    /** What the server lets everybody do who has no entry. */
    public static final Set<Grant> DEFAULT =
            Collections.unmodifiableSet(EnumSet.of(Grant.READ, Grant.DM, Grant.BROADCAST, Grant.STATE_READ));

    private static final String ALL = "all";

    private Capabilities() {}

    /** @throws CliException exit code 3 when a word is no capability, whatever the others are */
    static Set<Grant> of(List<String> words) {
        Set<Grant> capabilities = EnumSet.noneOf(Grant.class);
        try {
            for (String word : words) {
                capabilities.addAll(word.equals(ALL) ? EnumSet.allOf(Grant.class) : Set.of(Grant.fromWire(word)));
            }
        } catch (InvalidFieldException unknown) {
            throw CliException.invalid(unknown.getMessage() + " and " + ALL);
        }
        return capabilities;
    }

    static String text(Collection<Grant> capabilities) {
        return capabilities.isEmpty()
                ? "nothing"
                : capabilities.stream().map(Grant::wire).collect(Collectors.joining(" "));
    }
}

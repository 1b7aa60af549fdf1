package com.claudemesh.cli.policy;

import java.util.List;
import java.util.Optional;

/**
 * The rules of one file, in its order.
 *
 * @param fallback what happens to a verb that no rule is about
 * @param warnings what was left out of the file, and why
 */
record Policy(Decision fallback, List<PolicyRule> rules, List<String> warnings) {
    static final Policy NONE = new Policy(Decision.ALLOW, List.of(), List.of());

    Policy {
        rules = List.copyOf(rules);
        warnings = List.copyOf(warnings);
    }

    Optional<PolicyRule> first(Action action, Circumstances circumstances) {
        for (PolicyRule rule : rules) {
            if (rule.matches(action, circumstances)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}

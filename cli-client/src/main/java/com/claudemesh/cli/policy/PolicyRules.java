package com.claudemesh.cli.policy;

import java.util.Optional;

/**
 * All rules that hold for a command line. The administrator's come first and nothing overrules their denials; of each file
 * the first rule that matches counts.
 *
 * @param adminUnreadable that there are rules of the administrator which cannot be read: nothing may change anything then
 */
record PolicyRules(Source admin, Source user, boolean adminUnreadable) {

    /** Rules and where they are. */
    record Source(Policy policy, String place) {}

    Verdict decide(Action action, ApprovalMode mode, Circumstances circumstances) {
        if (adminUnreadable && action.changes()) {
            return new Verdict(Decision.DENY, "the administrator's policy cannot be read", admin.place());
        }
        Optional<PolicyRule> adminRule = admin.policy().first(action, circumstances);
        Decision adminWord =
                adminRule.map(PolicyRule::decision).orElse(admin.policy().fallback());
        if (adminWord == Decision.DENY) {
            return verdict(adminWord, adminRule, admin);
        }
        if (mode.forbidsChanges() && action.changes()) {
            return new Verdict(Decision.DENY, "the approval mode is " + mode.wire(), "the approval mode");
        }
        if (mode == ApprovalMode.YOLO) {
            return new Verdict(Decision.ALLOW, "", "the approval mode");
        }
        if (adminRule.isPresent()) {
            return verdict(adminWord, adminRule, admin);
        }
        Optional<PolicyRule> userRule = user.policy().first(action, circumstances);
        Decision userWord =
                userRule.map(PolicyRule::decision).orElse(user.policy().fallback());
        return userRule.isEmpty() && adminWord.compareTo(userWord) > 0
                ? verdict(adminWord, adminRule, admin)
                : verdict(userWord, userRule, user);
    }

    private static Verdict verdict(Decision decision, Optional<PolicyRule> rule, Source source) {
        return new Verdict(decision, rule.map(PolicyRule::reason).orElse(""), source.place());
    }
}

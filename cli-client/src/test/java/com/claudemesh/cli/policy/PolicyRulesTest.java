package com.claudemesh.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRulesTest {
    private static final Action KICK = Action.change("peer", "kick");
    private static final Action LIST = Action.read("peer", "list");
    private static final Circumstances IN_CREW_TO_BOB = new Circumstances() {
        @Override
        public boolean isMesh(String slug, boolean inDoubt) {
            return slug.equals("crew") || slug.equals("perhaps") && inDoubt;
        }

        @Override
        public boolean isTarget(String pattern, boolean inDoubt) {
            return pattern.equals("bob") || pattern.equals("unknown") && inDoubt;
        }
    };

    private static PolicyRule rule(String verb, Decision decision) {
        return new PolicyRule("peer", verb, decision, null, List.of(), "because");
    }

    private static PolicyRules rules(Policy admin, Policy user) {
        return new PolicyRules(new PolicyRules.Source(admin, "admin"), new PolicyRules.Source(user, "user"), false);
    }

    private static Policy policy(Decision fallback, PolicyRule... rules) {
        return new Policy(fallback, List.of(rules), List.of());
    }

    private static Decision decide(PolicyRules rules, Action action, ApprovalMode mode) {
        return rules.decide(action, mode, IN_CREW_TO_BOB).decision();
    }

    @ParameterizedTest
    @CsvSource({
        "PLAN, DENY, ALLOW",
        "READ_ONLY, DENY, ALLOW",
        "WRITE, PROMPT, ALLOW",
        "YOLO, ALLOW, ALLOW",
    })
    void mode_decidesBeforeRulesOfTheUser(ApprovalMode mode, Decision change, Decision read) {
        PolicyRules rules = rules(Policy.NONE, policy(Decision.ALLOW, rule("kick", Decision.PROMPT)));

        assertThat(decide(rules, KICK, mode)).isEqualTo(change);
        assertThat(decide(rules, LIST, mode)).isEqualTo(read);
    }

    @Test
    void adminDenial_winsInEveryMode() {
        PolicyRules rules = rules(
                policy(Decision.ALLOW, rule("kick", Decision.DENY)), policy(Decision.ALLOW, rule("*", Decision.ALLOW)));

        for (ApprovalMode mode : ApprovalMode.values()) {
            assertThat(decide(rules, KICK, mode)).isEqualTo(Decision.DENY);
        }
    }

    @Test
    void adminRule_comesBeforeThoseOfTheUser() {
        PolicyRules rules = rules(
                policy(Decision.ALLOW, rule("kick", Decision.PROMPT)),
                policy(Decision.ALLOW, rule("*", Decision.ALLOW)));

        assertThat(decide(rules, KICK, ApprovalMode.WRITE)).isEqualTo(Decision.PROMPT);
    }

    @Test
    void adminDefault_isAsStrictAsItSays() {
        assertThat(decide(rules(policy(Decision.DENY), Policy.NONE), LIST, ApprovalMode.YOLO))
                .isEqualTo(Decision.DENY);
        assertThat(decide(rules(policy(Decision.PROMPT), Policy.NONE), LIST, ApprovalMode.WRITE))
                .isEqualTo(Decision.PROMPT);
        assertThat(decide(rules(policy(Decision.ALLOW), policy(Decision.DENY)), LIST, ApprovalMode.WRITE))
                .isEqualTo(Decision.DENY);
    }

    @Test
    void adminRules_unreadable_nothingMayChangeAnything() {
        PolicyRules rules = new PolicyRules(
                new PolicyRules.Source(Policy.NONE, "admin"), new PolicyRules.Source(Policy.NONE, "user"), true);

        assertThat(decide(rules, KICK, ApprovalMode.YOLO)).isEqualTo(Decision.DENY);
        assertThat(decide(rules, LIST, ApprovalMode.WRITE)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void rules_first_counts() {
        PolicyRules rules =
                rules(Policy.NONE, policy(Decision.ALLOW, rule("kick", Decision.ALLOW), rule("*", Decision.DENY)));

        assertThat(decide(rules, KICK, ApprovalMode.WRITE)).isEqualTo(Decision.ALLOW);
        assertThat(decide(rules, LIST, ApprovalMode.WRITE)).isEqualTo(Decision.DENY);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "crew, -, DENY",
                "other, -, ALLOW",
                "perhaps, -, DENY",
                "-, bob, DENY",
                "-, alice, ALLOW",
                "-, unknown, DENY",
            })
    void rule_withMeshOrPeers_isAboutThoseOnly(String mesh, String peer, Decision expected) {
        List<String> peers = peer == null ? List.of() : List.of(peer);
        PolicyRule rule = new PolicyRule("peer", "kick", Decision.DENY, mesh, peers, null);

        assertThat(decide(rules(Policy.NONE, policy(Decision.ALLOW, rule)), KICK, ApprovalMode.WRITE))
                .isEqualTo(expected);
    }

    @Test
    void rule_thatAllows_doesNotInDoubt() {
        PolicyRule rule = new PolicyRule("peer", "kick", Decision.ALLOW, null, List.of("unknown"), null);

        assertThat(decide(rules(Policy.NONE, policy(Decision.DENY, rule)), KICK, ApprovalMode.WRITE))
                .isEqualTo(Decision.DENY);
    }
}

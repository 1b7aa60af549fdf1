package com.claudemesh.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTextTest {

    @Test
    void parse_everyFormOfYaml_isUnderstood() throws Exception {
        Policy policy = PolicyText.parse("""
                # a comment
                default: prompt   # another one
                rules:
                  - resource: peer
                    verb: "kick"
                    decision: deny
                    mesh: crew
                    peers: ["@ops", 'bob # not a comment', alice]
                    reason: it's theirs # this is one
                  -
                    resource: '*'
                    verb: send
                    decision: allow
                    peers:
                      - bob
                      - "*"
                """);

        assertThat(policy.fallback()).isEqualTo(Decision.PROMPT);
        assertThat(policy.warnings()).isEmpty();
        assertThat(policy.rules())
                .containsExactly(
                        new PolicyRule(
                                "peer",
                                "kick",
                                Decision.DENY,
                                "crew",
                                List.of("@ops", "bob # not a comment", "alice"),
                                "it's theirs"),
                        new PolicyRule("*", "send", Decision.ALLOW, null, List.of("bob", "*"), null));
    }

    @Test
    void parse_json_isTheSame() throws Exception {
        Policy policy = PolicyText.parse("""
                {"default":"deny","rules":[{"resource":"peer","verb":"ban","decision":"prompt","peers":["bob"]}]}""");

        assertThat(policy.fallback()).isEqualTo(Decision.DENY);
        assertThat(policy.rules())
                .containsExactly(new PolicyRule("peer", "ban", Decision.PROMPT, null, List.of("bob"), null));
    }

    @Test
    void parse_ruleWithoutDecision_isLeftOutWithAWarning() throws Exception {
        Policy policy = PolicyText.parse("rules:\n- resource: peer\n  verb: kick\n");

        assertThat(policy.rules()).isEmpty();
        assertThat(policy.warnings()).singleElement().asString().contains("rule 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules:\n- resource: peer\n  verb: kick\n  decision: denny\n",
                "default: maybe\n",
                "rules:\n\t- resource: peer\n",
                "rules: {}\n",
                "deny: all\n",
                "rules:\n- resource: \"peer\n",
                "rules:\n- just text\n",
                "rules:\n- resource: peer\n  peers: bob\n",
                "  resource: peer\n",
                "{\"rules\": 1}",
                "{\"rules\": [\"text\"]}",
                "{\"rules\": [{\"resource\": \"peer\", \"peers\": \"bob\"}]}",
                "{broken"
            })
    void parse_whatIsNoPolicy_isRefused(String text) {
        assertThatThrownBy(() -> PolicyText.parse(text)).isInstanceOf(PolicyText.MalformedException.class);
    }

    @Test
    void parse_nothing_allowsEverything() throws Exception {
        assertThat(PolicyText.parse("\n---\n")).isEqualTo(Policy.NONE);
        assertThat(PolicyText.parse("rules:\n")).isEqualTo(Policy.NONE);
    }
}

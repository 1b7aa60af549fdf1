package com.claudemesh.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.protocol.encoding.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSubsetTest {
    private static void assertParses(String yaml, String json) {
        assertThat(YamlSubset.parse(yaml)).isEqualTo(JsonReader.read(json).orElseThrow());
    }

    @Test
    void mappings_nested_areRead() {
        assertParses("""
                ---
                # a comment
                max_hops: 3   # another one

                a:
                  topic: ops
                  deeper:
                      key: value
                  after: 1
                b:
                  topic: "#general"
                """, """
                {"max_hops":3,"a":{"topic":"ops","deeper":{"key":"value"},"after":1},"b":{"topic":"#general"}}""");
    }

    @Test
    void texts_quotedAndPlain_areRead() {
        assertParses("""
                a: wss://mesh.example.org:443/ws
                b: 'it''s'
                c: "a \\"b\\" # c"  # comment
                d: x#y
                e: ab12
                """, """
                {"a":"wss://mesh.example.org:443/ws","b":"it's","c":"a \\"b\\" # c","d":"x#y","e":"ab12"}""");
    }

    @Test
    void lists_inlineAndBelow_areRead() {
        assertParses("""
                a: [one, "two, three", 'f # our', it's, 4] # a comment
                b:
                  - five
                  - 'six'
                c:
                - seven
                d: []
                """, """
                {"a":["one","two, three","f # our","it's",4],"b":["five","six"],"c":["seven"],"d":[]}""");
    }

    @Test
    void lists_ofMappings_areRead() {
        assertParses("""
                rules:
                  - verb: kick
                    peers:
                      - bob
                      - "*"
                    reason: it's theirs # a comment
                  -
                    verb: *
                    peers: [@ops]
                after: 1
                """, """
                {"rules":[{"verb":"kick","peers":["bob","*"],"reason":"it's theirs"},{"verb":"*","peers":["@ops"]}],"after":1}""");
    }

    @Test
    void numbers_thatWouldChange_areTexts() {
        assertParses("a: 007\nb: -0\nc: -7\nd: 12345678901\n", """
                {"a":"007","b":"-0","c":-7,"d":"12345678901"}""");
    }

    @Test
    void empty_text_isAnEmptyMapping() {
        assertParses("# nothing\n\n", "{}");
        assertParses("a:\nb: 1\n", "{\"a\":\"\",\"b\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\n\tb: 2",
                "just words",
                "a: 1\na: 2",
                "a: &anchor x",
                "a: |\n  text",
                "a: {b: c}",
                "a: [1, 2",
                "a: [1] 2",
                "a: [\"1]",
                "a:\n- b: 1\n c: 2",
                "a:\n  - b\n - c",
                "a: \"open",
                "a:\n    b: 1\n  c: 2"
            })
    void unclear_isRefusedWithItsLine(String yaml) {
        assertThatThrownBy(() -> YamlSubset.parse(yaml)).isInstanceOfSatisfying(CliException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
            assertThat(failure).hasMessageMatching("(?s)line \\d+ .*");
        });
    }

    @Test
    void nesting_endless_isRefused() {
        StringBuilder yaml = new StringBuilder();
        for (int depth = 0; depth <= YamlSubset.MAX_DEPTH + 1; depth++) {
            yaml.append(" ".repeat(depth)).append("k:\n");
        }
        yaml.append(" ".repeat(YamlSubset.MAX_DEPTH + 2)).append("k: v\n");

        assertThatThrownBy(() -> YamlSubset.parse(yaml.toString())).hasMessageContaining("deep");
    }
}

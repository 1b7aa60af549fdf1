package com.claudemesh.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.TestHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class McpServerTest {
    @TempDir
    Path home;

    private McpBench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new McpBench(new TestHost(home)).start();
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    private JsonNode initialize(String version) throws IOException {
        return bench.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                        + version + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
                .path("result");
    }

    private JsonNode call(String method, String params) throws IOException {
        return bench.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    private int errorCode(String line) throws IOException {
        return bench.ask(line).path("error").path("code").asInt();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"})
    void initialize_supportedRevision_isEchoed(String version) throws IOException {
        assertThat(initialize(version).path("protocolVersion").asText()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-28", "1999-01-01", ""})
    void initialize_otherRevision_isTheLatestWithChannels(String version) throws IOException {
        assertThat(initialize(version).path("protocolVersion").asText()).isEqualTo("2025-11-25");
    }

    @Test
    void initialize_result_declaresTheChannelUnderTheNameThatHostsAskFor() throws IOException {
        JsonNode result = initialize("2025-11-25");

        assertThat(result.at("/capabilities/experimental/claude~1channel").isObject())
                .isTrue();
        assertThat(result.at("/capabilities/tools").isObject()).isTrue();
        assertThat(result.at("/serverInfo/name").asText()).isEqualTo("claudemesh");
        assertThat(result.at("/serverInfo/version").asText()).isNotEmpty();
    }

    @Test
    void initialize_instructions_areShortAndNameTheVerbs() throws IOException {
        String instructions = initialize("2025-11-25").path("instructions").asText();

        assertThat(instructions).contains("claudemesh send").contains("carol").hasSizeLessThan(1600);
    }

    @Test
    void initialize_noRevision_error() throws IOException {
        assertThat(call("initialize", "{}").at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void serverDiscover_handshakeOfLaterRevisions_isUnknown() throws IOException {
        assertThat(call("server/discover", "{}").at("/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void ping_beforeInitialize_isAnswered() throws IOException {
        assertThat(call("ping", "{}").path("result").isObject()).isTrue();
    }

    @Test
    void lists_nothingOffered_areEmpty() throws IOException {
        assertThat(call("tools/list", "{}").at("/result/tools")).isEmpty();
        assertThat(call("prompts/list", "{}").at("/result/prompts").isArray()).isTrue();
        assertThat(call("resources/list", "{}").at("/result/resources").isArray())
                .isTrue();
        assertThat(call("resources/templates/list", "{}")
                        .at("/result/resourceTemplates")
                        .isArray())
                .isTrue();
    }

    @Test
    void toolsCall_anyTool_pointsToTheCommandLine() throws IOException {
        JsonNode result = call("tools/call", "{\"name\":\"send_message\"}").path("result");

        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText())
                .contains("send_message")
                .contains("claudemesh");
    }

    @Test
    void promptAndResource_unknown_haveTheirOwnErrors() throws IOException {
        assertThat(call("prompts/get", "{\"name\":\"x\"}").at("/error/code").asInt())
                .isEqualTo(-32602);
        assertThat(call("resources/read", "{\"uri\":\"x\"}").at("/error/code").asInt())
                .isEqualTo(-32002);
    }

    @Test
    void unknownMethod_error() throws IOException {
        assertThat(call("dance", "{}").at("/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void id_ofEitherKind_isEchoedAsItCame() throws IOException {
        assertThat(bench.ask("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}")
                        .get("id")
                        .isInt())
                .isTrue();
        assertThat(bench.ask("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"method\":\"ping\"}")
                        .get("id")
                        .isTextual())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"jsonrpc\":\"2.0\"", "{\"a\":1,\"a\":2}", "{} {}"})
    void line_notOneJsonValue_isAParseError(String line) throws IOException {
        assertThat(errorCode(line)).isEqualTo(-32700);
    }

    @Test
    void line_deeplyNested_isAParseError() throws IOException {
        assertThat(errorCode("[".repeat(5_000))).isEqualTo(-32700);
    }

    @Test
    void line_notUtf8_isAParseError() throws IOException {
        bench.write(new byte[] {'{', (byte) 0xc3, '}', '\n'});

        assertThat(bench.next().at("/error/code").asInt()).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "\"ping\"",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}"
            })
    void message_notARequest_error(String line) throws IOException {
        assertThat(errorCode(line)).isEqualTo(-32600);
    }

    @Test
    void params_notAnObject_error() throws IOException {
        assertThat(call("ping", "[1]").at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void line_longerThanAllowed_isRefusedAndTheNextIsAnswered() throws IOException {
        bench.write("x".repeat(McpServer.MAX_LINE_BYTES + 10));

        assertThat(bench.next().at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(call("ping", "{}").has("result")).isTrue();
    }

    @Test
    void notificationsResponsesAndBlankLines_areNotAnswered() throws IOException {
        bench.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}")
                .write("{\"jsonrpc\":\"2.0\",\"method\":\"dance\"}")
                .write("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
                .write("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"}}")
                .write("   ");

        bench.sync();
        assertThat(bench.silent()).isTrue();
    }

    @Test
    void line_endedLikeOnWindows_isAnswered() throws IOException {
        bench.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(bench.next().has("result")).isTrue();
    }

    @Test
    void input_ends_theServerStops() throws Exception {
        bench.hangUp();
    }
}

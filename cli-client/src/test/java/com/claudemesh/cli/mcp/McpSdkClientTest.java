package com.claudemesh.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.Main;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, with an independent client of the protocol at its pipes. */
@Timeout(60)
class McpSdkClientTest {
    @TempDir
    Path home;

    private final List<String> standardError = new CopyOnWriteArrayList<>();
    private McpSyncClient client;

    @BeforeEach
    void start() {
        ServerParameters parameters = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args("-cp", System.getProperty("java.class.path"), Main.class.getName(), "mcp")
                .addEnvVar("CLAUDEMESH_CONFIG_DIR", home.toString())
                .addEnvVar("CLAUDEMESH_DISPLAY_NAME", "carol")
                .build();
        StdioClientTransport transport = new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(standardError::add);
        client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(30)).build();
    }

    @AfterEach
    void stop() {
        client.closeGracefully();
    }

    @Test
    void initialize_client_findsAChannelServerWithInstructions() {
        InitializeResult result = client.initialize();

        assertThat(result.protocolVersion()).isLessThanOrEqualTo("2025-11-25");
        assertThat(result.serverInfo().name()).isEqualTo("claudemesh");
        assertThat(result.capabilities().experimental()).containsKey("claude/channel");
        assertThat(result.instructions()).contains("carol");
    }

    @Test
    void lists_client_findsNothingOffered() {
        client.initialize();

        assertThat(client.listTools().tools()).isEmpty();
        assertThat(client.listPrompts().prompts()).isEmpty();
        assertThat(client.listResources().resources()).isEmpty();
        assertThat(client.ping()).isNotNull();
        assertThat(standardError).anyMatch(line -> line.contains("no mesh joined"));
    }
}

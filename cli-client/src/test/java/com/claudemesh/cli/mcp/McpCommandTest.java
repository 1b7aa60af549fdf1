package com.claudemesh.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class McpCommandTest {
    @TempDir
    Path home;

    @Test
    void call_nothingJoined_servesAllTheSameAndSaysSo() {
        TestHost host = new TestHost(home).withInput("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n");

        assertThat(host.run("mcp")).isZero();

        assertThat(host.out()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}\n");
        assertThat(host.err()).contains("[claudemesh] warning: no mesh joined");
    }

    @Test
    void call_serverUnreachable_answersTheHostAndEndsWithTheInput() {
        TestHost host = new TestHost(home).withInput("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n");
        host.joined("crew");

        assertThat(host.run("mcp")).isZero();

        assertThat(host.out()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n");
    }

    @Test
    void call_unknownMesh_error() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("mcp", "--mesh", "lab")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.out()).isEmpty();
        assertThat(host.err()).contains("joined: crew");
    }
}

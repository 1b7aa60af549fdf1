package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.MeshServer;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListFromServerTest {
    private final MeshServer server = new MeshServer();

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost host() {
        TestHost host = server.host(new TestHost(home));
        server.has(host.joined("crew").meshId(), "crew", "admin", true);
        server.has("m2", "lab", "member", false);
        host.joined("private");
        return host;
    }

    @Test
    void call_signedIn_mergesByMesh() {
        TestHost host = host();

        assertThat(host.run("list", "--json", "slug,local,server,is_owner,member_count"))
                .isZero();

        assertThat(host.json().toString())
                .isEqualTo("[{\"slug\":\"crew\",\"local\":true,\"server\":true,\"is_owner\":true,\"member_count\":3},"
                        + "{\"slug\":\"private\",\"local\":true,\"server\":false,\"is_owner\":null,\"member_count\":null},"
                        + "{\"slug\":\"lab\",\"local\":false,\"server\":true,\"is_owner\":false,\"member_count\":3}]");
    }

    @Test
    void call_signedIn_showsWhereAMeshIs() {
        TestHost host = host();

        host.run("list");

        assertThat(host.out())
                .contains("● crew", "owner", "3 members, 2 online", "○ lab", "only at the server", "claudemesh sync");
    }

    @Test
    void call_serverGone_showsWhatIsJoined() {
        TestHost host = host();
        server.close();

        assertThat(host.run("list", "--json", "slug,server")).isZero();

        assertThat(host.json().toString())
                .isEqualTo("[{\"slug\":\"crew\",\"server\":null},{\"slug\":\"private\",\"server\":null}]");
        assertThat(host.err()).contains("only what is joined here");
    }

    @Test
    void call_notSignedIn_asksNobody() {
        TestHost host = new TestHost(home).with("CLAUDEMESH_BROKER_URL", server.brokerUrl());
        host.joined("crew");

        assertThat(host.run("list")).isZero();
        assertThat(server.requests()).isEmpty();
    }
}

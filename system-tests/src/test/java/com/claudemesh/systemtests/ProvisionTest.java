package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code bench.jar provision} prints is enough to connect. */
@ResourceLock(SharedServer.DEFAULTS)
class ProvisionTest {

    @Test
    void provision_threeMembers_eachOfThemCanConnect() throws Exception {
        Server server = SharedServer.withDefaults();

        TestMesh mesh = TestMesh.byCommand(server, 3);

        assertThat(mesh.members()).hasSize(3);
        try (RawPeer first = RawPeer.connect(server, mesh.member(0));
                RawPeer second = RawPeer.connect(server, mesh.member(1));
                RawPeer third = RawPeer.connect(server, mesh.member(2))) {
            for (RawPeer peer : new RawPeer[] {first, second, third}) {
                assertThat(peer.request(RawPeer.frame("list_peers")).path("peers"))
                        .hasSize(3);
            }
        }
    }
}

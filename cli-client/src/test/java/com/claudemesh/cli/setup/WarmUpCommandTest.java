package com.claudemesh.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.net.WebSocketMeshGateway;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpCommandTest {
    @TempDir
    Path home;

    @Test
    void call_anywhere_leavesNothingBehind() throws Exception {
        assertThat(new WarmUpCommand(VerbServices.of(new TestHost(home).host())).call())
                .isZero();

        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void rehearsal_realConnection_getsAnswersToWhatItAsks() throws Exception {
        TestHost host = new TestHost(home);
        Membership stored = host.joined("crew");
        try (RehearsalBroker broker = new RehearsalBroker()) {
            Membership mesh = new Membership(
                    stored.meshId(),
                    stored.memberId(),
                    "crew",
                    "crew",
                    stored.pubkey(),
                    stored.secretKey(),
                    broker.url(),
                    "",
                    null,
                    1);
            try (MeshConnection connection = new WebSocketMeshGateway(host.host()).open(mesh, "Ada")) {
                assertThat(connection.peers()).extracting(PeerInfo::displayName).containsExactly("somebody");
                assertThat(connection
                                .send(OutgoingMessage.of("@all", "hello", Priority.NEXT, Optional.empty()))
                                .messageId())
                        .isEqualTo("rehearsal");
            }
        }
    }
}

package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.HelloVerifier;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelloTest {
    private TestBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = new TestBroker();
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
    }

    private JsonNode helloOf(MeshClient.Builder builder) throws InterruptedException {
        try (MeshClient client = builder.build()) {
            client.connect();
            return broker.next().hello();
        }
    }

    @Test
    void hello_ofAMember_verifies() throws InterruptedException {
        JsonNode hello = helloOf(Clients.of(broker));

        HelloVerifier.Result result = HelloVerifier.verify(
                hello.path("meshId").asText(),
                hello.path("memberId").asText(),
                hello.path("pubkey").asText(),
                hello.path("timestamp").numberValue(),
                hello.path("signature").asText(),
                System.currentTimeMillis());

        assertThat(result).isEqualTo(HelloVerifier.Result.OK);
    }

    @Test
    void hello_withSessionKeys_provesThem() throws InterruptedException {
        SigningKeyPair session = SigningKeyPair.generate();

        JsonNode hello = helloOf(Clients.of(broker).sessionKeys(session));

        String signed = HelloText.canonical(
                Clients.MESH,
                "member1",
                Clients.OWN.publicHex(),
                hello.path("timestamp").asLong());
        assertThat(hello.path("sessionPubkey").asText()).isEqualTo(session.publicHex());
        assertThat(Signatures.verify(signed, hello.path("sessionSignature").asText(), session.publicHex()))
                .isTrue();
    }

    @Test
    void hello_ofEveryAttempt_hasAFreshTimestamp() throws InterruptedException {
        Clock clock = new TickingClock();
        try (MeshClient client = Clients.of(broker).clock(clock).build()) {
            client.connect();
            TestConnection first = broker.next();
            long timestamp = first.hello().path("timestamp").asLong();
            first.drop();

            assertThat(broker.next().hello().path("timestamp").asLong()).isGreaterThan(timestamp);
        }
    }

    @Test
    void hello_afterAReconnect_keepsTheSessionId() throws InterruptedException {
        try (MeshClient client = Clients.of(broker).build()) {
            client.connect();
            TestConnection first = broker.welcomed();
            first.drop();

            assertThat(broker.next().hello().path("sessionId"))
                    .isEqualTo(first.hello().path("sessionId"));
        }
    }

    @Test
    void hello_byDefault_announcesAcknowledgementsAndReceipts() throws InterruptedException {
        assertThat(capabilities(helloOf(Clients.of(broker)))).containsExactly("client_ack", "receipts");
    }

    @Test
    void hello_ofAOneShotCommand_announcesNoPush() throws InterruptedException {
        assertThat(capabilities(helloOf(Clients.of(broker).noPush()))).containsExactly("no_push", "receipts");
    }

    @Test
    void hello_withMoreCapabilities_announcesThemOnce() throws InterruptedException {
        JsonNode hello = helloOf(Clients.of(broker).capabilities(List.of("streams", "receipts")));

        assertThat(capabilities(hello)).containsExactly("client_ack", "receipts", "streams");
    }

    private static List<String> capabilities(JsonNode hello) {
        List<String> announced = new ArrayList<>();
        hello.path("capabilities").forEach(capability -> announced.add(capability.asText()));
        return announced;
    }

    @Test
    void hello_carriesWhatTheBuilderWasTold() throws InterruptedException {
        JsonNode hello = helloOf(Clients.of(broker)
                .sessionId("session1")
                .pid(42)
                .cwd("/project")
                .hostname("host")
                .channel("mcp")
                .model("model")
                .peerType("ai")
                .groups(List.of(new GroupLabel("dev", "lead"))));

        assertThat(hello.path("sessionId").asText()).isEqualTo("session1");
        assertThat(hello.path("pid").asInt()).isEqualTo(42);
        assertThat(hello.path("cwd").asText()).isEqualTo("/project");
        assertThat(hello.path("displayName").asText()).isEqualTo("tester");
        assertThat(hello.path("hostname").asText()).isEqualTo("host");
        assertThat(hello.path("channel").asText()).isEqualTo("mcp");
        assertThat(hello.path("model").asText()).isEqualTo("model");
        assertThat(hello.path("peerType").asText()).isEqualTo("ai");
        assertThat(hello.path("groups").get(0).path("role").asText()).isEqualTo("lead");
    }

    @Test
    void connect_helloAccepted_returnsTheAnswer() throws Exception {
        try (MeshClient client = Clients.of(broker).build()) {
            var connected = client.connect();
            broker.welcomed();

            HelloAck answer = Clients.get(connected);

            assertThat(answer.presenceId()).isEqualTo("presence");
            assertThat(client.hello()).contains(answer);
            assertThat(client.state()).isEqualTo(ConnectionState.ONLINE);
        }
    }

    @Test
    void publicKey_withSessionKeys_isTheSessionKey() {
        SigningKeyPair session = SigningKeyPair.generate();
        try (MeshClient client = Clients.of(broker).sessionKeys(session).build()) {
            assertThat(client.publicKey()).isEqualTo(session.publicHex());
        }
    }

    @Test
    void build_keysOfTwoMembers_namesTheField() {
        MeshIdentity mixed = new MeshIdentity(
                Clients.MESH, "member1", Clients.OTHER.publicHex(), Clients.OWN.secretHex(), broker.url());

        assertThatThrownBy(() -> MeshClient.builder(mixed).build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("publicKey: ");
    }

    @Test
    void build_malformedSecretKey_namesTheFieldButNotTheKey() {
        MeshIdentity broken =
                new MeshIdentity(Clients.MESH, "member1", Clients.OWN.publicHex(), "secret", broker.url());

        assertThatThrownBy(() -> MeshClient.builder(broken).build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("secretKey: ")
                .hasMessageNotContaining("\"secret\"");
    }

    @Test
    void build_httpAddress_namesTheField() {
        MeshIdentity http = new MeshIdentity(
                Clients.MESH,
                "member1",
                Clients.OWN.publicHex(),
                Clients.OWN.secretHex(),
                URI.create("http://127.0.0.1/ws"));

        assertThatThrownBy(() -> MeshClient.builder(http).build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("brokerUrl: ");
    }

    @Test
    void build_oversizedDisplayName_namesTheField() {
        assertThatThrownBy(() -> Clients.of(broker).displayName("x".repeat(257)).build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("displayName: ");
    }

    @Test
    void build_noSendTimeout_namesTheField() {
        assertThatThrownBy(() -> Clients.of(broker).sendTimeout(Duration.ZERO).build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("sendTimeout: ");
    }

    /** A second passes with every look. */
    private static final class TickingClock extends Clock {
        private long millis = 1_700_000_000_000L;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public synchronized Instant instant() {
            millis += 1_000;
            return Instant.ofEpochMilli(millis);
        }
    }
}

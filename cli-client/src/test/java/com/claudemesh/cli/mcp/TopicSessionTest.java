package com.claudemesh.cli.mcp;

import static com.claudemesh.cli.testing.Peers.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.bridge.BridgeGateway;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.cli.testing.TopicServer;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyServer.Copy;
import com.claudemesh.sdk.topic.TopicPost;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session in a mesh with an encrypted topic, {@code ops}. */
@Timeout(30)
class TopicSessionTest {
    @TempDir
    Path home;

    private final TopicServer server = new TopicServer();
    private final TopicKey topicKey = new TopicKey(1, TopicKeys.generate(), "x", "bob");
    private TestHost host;
    private Membership mesh;
    private McpBench bench;

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(home).with("CLAUDEMESH_DISPLAY_NAME", "carol");
        mesh = server.joined(host);
        server.epoch(1);
        bench = new McpBench(host).start().shakeHands();
        FakeMeshLinks.FakeLink link = bench.link("crew");
        link.answers(
                ApiKeyCreate.class,
                new ApiKeyCreated("keyid1", "cm_secret", "mcp", "", List.of(ApiKeyCapability.READ), null, ""));
        link.answers(ApiKeyRevoke.class, ApiKeyRevokeResponse.revoked("keyid1"));
        link.answers(TopicList.class, new TopicListResponse(List.of(server.topic(TopicRole.MEMBER))));
        link.goOnline();
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
        server.close();
    }

    private void shared() {
        KeyHolder bob = server.member("bob");
        server.keep(
                mesh.memberId(),
                1,
                new Copy.Found(
                        TopicKeys.seal(topicKey.key(), mesh.pubkey(), BoxKeyPair.ofIdentity(bob.secretKey())),
                        1,
                        false,
                        "",
                        bob.publicKey()));
    }

    private void arrives(String id, @Nullable String text, @Nullable TopicBody unopened, String... mentions) {
        bench.link("crew")
                .listener()
                .onMessage(new IncomingMessage(
                        mesh.meshId(),
                        id,
                        key('1'),
                        key('b'),
                        "bob",
                        Priority.NEXT,
                        "2026-03-01T11:59:59.000Z",
                        "2026-03-01T12:00:00.000Z",
                        IncomingMessage.Kind.TOPIC,
                        "#" + TopicServer.TOPIC_ID,
                        text,
                        unopened != null,
                        null,
                        null,
                        null,
                        new TopicPost(TopicServer.TOPIC_ID, "ops", List.of(mentions), unopened)));
    }

    /** The next event but the welcome, which comes at a time of its own. */
    private JsonNode next() {
        JsonNode event = bench.next().path("params");
        return event.at("/meta/kind").asText().equals("welcome") ? next() : event;
    }

    @Test
    void post_plain_isShownWithItsTopic() {
        arrives("m1", "hello", null);

        JsonNode event = next();

        assertThat(event.path("content").asText()).isEqualTo("bob (#ops): hello");
        assertThat(event.at("/meta/kind").asText()).isEqualTo("topic");
        assertThat(event.at("/meta/topic").asText()).isEqualTo("ops");
        assertThat(event.at("/meta/topic_id").asText()).isEqualTo(TopicServer.TOPIC_ID);
        assertThat(event.path("meta").has("mention")).isFalse();
        assertThat(event.path("meta")).allMatch(JsonNode::isTextual);
    }

    @Test
    void post_thatMentionsTheMember_isMarked() {
        arrives("m1", "hello @carol", null, "carol");

        assertThat(next().at("/meta/mention").asText()).isEqualTo("true");
    }

    @Test
    void post_beforeItsKey_isShownWhenTheKeyComesAndNothingOvertakesIt() {
        arrives("m1", null, TopicBody.encrypted("one", topicKey));
        arrives("m2", "two", null);
        bench.timer().pass(Duration.ofSeconds(1));
        assertThat(bench.silent()).isTrue();

        shared();
        bench.timer().pass(Duration.ofSeconds(4));

        JsonNode first = next();
        assertThat(first.path("content").asText()).isEqualTo("bob (#ops): one");
        assertThat(first.at("/meta/encrypted").asText()).isEqualTo("true");
        assertThat(next().path("content").asText()).isEqualTo("bob (#ops): two");
    }

    @Test
    void key_held_isSharedWithWhoeverWaits() {
        shared();
        bench.timer().pass(Duration.ofSeconds(2));
        server.member("zoe");

        bench.timer().pass(Duration.ofSeconds(31));

        assertThat(server.hasCopy("zoe", 1)).isTrue();
        assertThat(host.err()).contains("shared the key with");
    }

    @Test
    void key_ofWhoLeft_isReplaced() {
        shared();
        bench.timer().pass(Duration.ofSeconds(2));
        server.rotationIsDue();
        bench.link("crew").answers(TopicList.class, new TopicListResponse(List.of(server.topic(TopicRole.MEMBER))));

        bench.timer().pass(Duration.ofSeconds(31));

        assertThat(host.services().topicKeys().key(mesh.meshId(), TopicServer.TOPIC_ID, 2))
                .isPresent();
        assertThat(server.hasCopy("bob", 2)).isTrue();
    }

    @Test
    void send_overTheSocket_isEncrypted() {
        shared();
        bench.timer().pass(Duration.ofSeconds(2));
        BridgeGateway gateway = new BridgeGateway(host.meshes(), host.services().home(), host.host());

        try (MeshConnection warm = gateway.open(mesh, "carol")) {
            warm.send(OutgoingMessage.of("#ops", "hi @bob", Priority.NEXT, Optional.empty()));
        }

        TopicBody body = bench.link("crew").sent().get(0).body();
        assertThat(bench.link("crew").sent().get(0).mentions()).containsExactly("bob");
        assertThat(body.open(epoch -> Optional.of(topicKey))).isEqualTo(new Opened.Text("hi @bob", true));
    }

    @Test
    void end_keyOfTheSession_isRevoked() throws IOException {
        shared();
        bench.timer().pass(Duration.ofSeconds(2));

        bench.close();

        assertThat(bench.link("crew").asked()).contains(new ApiKeyRevoke("keyid1"));
    }
}

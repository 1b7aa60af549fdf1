package com.claudemesh.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.FakeMeshGateway.Sent;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.cli.testing.TopicServer;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.TopicHistory;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import com.claudemesh.protocol.frame.TopicSearch;
import com.claudemesh.protocol.frame.TopicSearchResponse;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyServer.Copy;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code topic post}, {@code send "#topic"} and {@code topic search} with a key that a member has shared. */
class TopicPostTest {
    @TempDir
    Path home;

    private final TopicServer server = new TopicServer();
    private final byte[] key = TopicKeys.generate();
    private TestHost host;
    private Membership mesh;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        mesh = server.joined(host);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Bob shares generation {@code epoch} of the key. */
    private void shared(int epoch, byte[] topicKey) {
        KeyHolder bob = server.member("bob");
        server.keep(
                mesh.memberId(),
                epoch,
                new Copy.Found(
                        TopicKeys.seal(topicKey, mesh.pubkey(), BoxKeyPair.ofIdentity(bob.secretKey())),
                        epoch,
                        false,
                        "",
                        bob.publicKey()));
        server.list(host);
    }

    private static String read(JsonNode body, byte[] topicKey) {
        TopicBody sent = new TopicBody(
                body.path("bodyVersion").asInt(),
                body.path("keyEpoch").asInt(),
                body.path("nonce").asText(),
                body.path("ciphertext").asText());
        Opened opened = sent.open(epoch -> Optional.of(new TopicKey(epoch, topicKey, "x", "x")));
        return ((Opened.Text) opened).text();
    }

    private JsonNode posted() {
        List<JsonNode> bodies = server.bodiesTo("/api/v1/messages");
        assertThat(bodies).hasSize(1);
        return bodies.get(0);
    }

    @Test
    void post_topicWithKey_isEncrypted() {
        shared(1, key);

        assertThat(host.run("topic", "post", "#ops", "ship", "it", "@Bob", "--json"))
                .isZero();

        assertThat(posted().path("bodyVersion").asInt()).isEqualTo(2);
        assertThat(posted().toString()).doesNotContain("ship it");
        assertThat(read(posted(), key)).isEqualTo("ship it @Bob");
        assertThat(posted().path("mentions").get(0).asText()).isEqualTo("bob");
        assertThat(host.json().path("bodyVersion").asInt()).isEqualTo(2);
        assertThat(host.json().path("notifications").asInt()).isEqualTo(1);
        assertThat(host.err()).contains("sealed by bob");
    }

    @Test
    void post_anyOutcome_revokesItsKey() {
        shared(1, key);
        host.run("topic", "post", "ops", "one");
        server.on("POST", "/api/v1/messages", request -> TopicServer.Reply.error(500, "oops"));
        assertThat(host.run("topic", "post", "ops", "two")).isEqualTo(ExitCode.INTERNAL_ERROR);

        assertThat(host.meshes().asked().stream().filter(ApiKeyCreate.class::isInstance))
                .hasSize(2);
        assertThat(host.meshes().asked().stream().filter(ApiKeyRevoke.class::isInstance))
                .hasSize(2);
        ApiKeyCreate minted = (ApiKeyCreate) host.meshes().asked().stream()
                .filter(ApiKeyCreate.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(minted.topicScopes()).containsExactly("ops");
        assertThat(minted.label()).startsWith("cli-post-");
        assertThat(minted.expiresAt()).isEqualTo(TestHost.NOW.plusSeconds(300).toString());
    }

    @Test
    void post_topicWithoutKey_isPlain() {
        assertThat(host.run("topic", "post", "ops", "hello")).isZero();

        assertThat(posted().path("bodyVersion").asInt()).isEqualTo(1);
        assertThat(read(posted(), key)).isEqualTo("hello");
        assertThat(host.out()).contains("not encrypted");
    }

    @Test
    void post_keyNotShared_saysWhatHelps() {
        server.epoch(1);
        server.list(host);

        assertThat(host.run("topic", "post", "ops", "hello", "--json")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(host.json().path("error").asText()).isEqualTo("key_not_sealed_for_member");
        assertThat(server.bodiesTo("/api/v1/messages")).isEmpty();
    }

    @Test
    void post_somebodyLeft_usesAKeyOfANewGeneration() {
        shared(1, key);
        server.rotationIsDue();
        server.list(host);

        assertThat(host.run("topic", "post", "ops", "without them")).isZero();

        assertThat(posted().path("keyEpoch").asInt()).isEqualTo(2);
        assertThat(server.hasCopy("bob", 2)).isTrue();
        TopicKey made = host.services()
                .topicKeys()
                .key(mesh.meshId(), TopicServer.TOPIC_ID, 2)
                .orElseThrow();
        assertThat(made.key()).isNotEqualTo(key);
        assertThat(read(posted(), made.key())).isEqualTo("without them");
    }

    @Test
    void post_forgedKey_isNotUsed() {
        server.member("bob");
        server.keep(
                mesh.memberId(),
                1,
                new Copy.Found(
                        TopicKeys.seal(key, mesh.pubkey(), BoxKeyPair.generate()),
                        1,
                        false,
                        "",
                        server.member("bob").publicKey()));
        server.list(host);

        assertThat(host.run("topic", "post", "ops", "hello")).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(server.bodiesTo("/api/v1/messages")).isEmpty();
    }

    @Test
    void send_keyInTheRing_asksNoRest() {
        host.services().topicKeys().keep(mesh.meshId(), TopicServer.TOPIC_ID, new TopicKey(1, key, "x", "bob"));
        server.epoch(1);
        server.list(host);

        assertThat(host.run("send", "#ops", "ship", "it", "@bob")).isZero();

        Sent sent = host.meshes().sent().get(0);
        assertThat(sent.message().targetSpec()).isEqualTo("#" + TopicServer.TOPIC_ID);
        assertThat(sent.message().mentions()).containsExactly("bob");
        assertThat(sent.message().body().keyEpoch()).isEqualTo(1);
        assertThat(sent.message().body().open(epoch -> Optional.of(new TopicKey(1, key, "x", "x"))))
                .isEqualTo(new Opened.Text("ship it @bob", true));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void send_keyNotInTheRing_fetchesIt() {
        shared(3, key);

        assertThat(host.run("send", "#ops", "hello")).isZero();

        assertThat(host.meshes().sent().get(0).message().body().keyEpoch()).isEqualTo(3);
        assertThat(host.services().topicKeys().key(mesh.meshId(), TopicServer.TOPIC_ID, 3))
                .isPresent();
    }

    @Test
    void search_ownEncryptedPost_isFoundHere() {
        shared(1, key);
        host.run("topic", "post", "ops", "the blue", "whale");
        host.meshes().answers(TopicSearch.class, new TopicSearchResponse("WHALE", List.of(), List.of()));

        assertThat(host.run("topic", "search", "WHALE", "--json")).isZero();

        JsonNode hit = host.json().path("messages").get(0);
        assertThat(hit.path("message").asText()).isEqualTo("the blue whale");
        assertThat(hit.path("foundBy").asText()).isEqualTo("local");
        assertThat(hit.path("topic").asText()).isEqualTo("ops");
    }

    @Test
    void encrypt_topicWithoutKey_getsOneThatIsShared() {
        server.member("bob");

        assertThat(host.run("topic", "encrypt", "ops", "--json")).isZero();

        assertThat(host.json().path("keyEpoch").asInt()).isEqualTo(1);
        assertThat(server.hasCopy("bob", 1)).isTrue();
        server.list(host);
        assertThat(host.run("topic", "encrypt", "ops")).isEqualTo(ExitCode.ALREADY_EXISTS);
    }

    private static TopicHistoryResponse.Post row(String id, TopicBody body) {
        return new TopicHistoryResponse.Post(
                id,
                "ab".repeat(32),
                body.nonce(),
                body.ciphertext(),
                "2026-03-01T11:00:00.000Z",
                "bob",
                "ab".repeat(32),
                "bob",
                TopicServer.TOPIC_ID,
                body.bodyVersion(),
                body.keyEpoch(),
                null,
                null,
                1);
    }

    private void history(TopicHistoryResponse.Post... newestFirst) {
        host.meshes().answers(TopicHistory.class, new TopicHistoryResponse("ops", List.of(newestFirst)));
    }

    @Test
    void history_mixedBodies_areReadOldestFirst() {
        shared(1, key);
        history(
                row("p2", TopicBody.encrypted("secret", new TopicKey(1, key, "x", "x"))),
                row("p1", TopicBody.plain("open")));

        assertThat(host.run("topic", "history", "ops", "--limit", "2", "--json"))
                .isZero();

        assertThat(host.json().findValuesAsText("message")).containsExactly("open", "secret");
        assertThat(host.meshes().asked()).contains(new TopicHistory(TopicServer.TOPIC_ID, 2, null, null, null));
        host.run("topic", "history", "ops");
        assertThat(host.out()).contains("bob  secret  #p2 🔒");
    }

    @Test
    void history_keyNotShared_showsWhatCanBeReadAndSaysSo() {
        server.epoch(1);
        history(
                row("p2", TopicBody.encrypted("secret", new TopicKey(1, key, "x", "x"))),
                row("p1", TopicBody.plain("open")));

        assertThat(host.run("topic", "history", "ops", "--json")).isZero();

        assertThat(host.json().get(0).path("message").asText()).isEqualTo("open");
        assertThat(host.json().get(1).path("message").isNull()).isTrue();
        assertThat(host.err()).contains("waiting for a member to share the key of #ops");
    }

    @Test
    void history_badLimit_isRefused() {
        assertThat(host.run("topic", "history", "ops", "--limit", "201")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void post_replyToTheBeginningOfAnId_isResolved() {
        history(row("abcdef12345", TopicBody.plain("one")), row("abcdef99999", TopicBody.plain("two")));

        assertThat(host.run("topic", "post", "ops", "--reply-to", "abcdef1", "yes"))
                .isZero();

        assertThat(posted().path("replyToId").asText()).isEqualTo("abcdef12345");
        assertThat(host.run("topic", "post", "ops", "--reply-to", "abcdef", "yes"))
                .isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("topic", "post", "ops", "--reply-to", "zzzzzz", "yes"))
                .isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void post_plaintextAskedFor_isNotEncrypted() {
        shared(1, key);

        assertThat(host.run("topic", "post", "ops", "--plaintext", "for", "all"))
                .isZero();

        assertThat(posted().path("bodyVersion").asInt()).isEqualTo(1);
    }
}

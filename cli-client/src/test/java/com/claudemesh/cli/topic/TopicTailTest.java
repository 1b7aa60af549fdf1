package com.claudemesh.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.cli.testing.TopicServer;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyServer.Copy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tail against a server that breaks; it ends when the topic is archived. */
@Timeout(60)
class TopicTailTest {
    @TempDir
    Path home;

    private final TopicServer server = new TopicServer();
    private final byte[] key = TopicKeys.generate();
    private TestHost host;
    private Membership mesh;
    private CompletableFuture<Integer> tail;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        mesh = server.joined(host);
    }

    @AfterEach
    void stop() throws Exception {
        server.archive();
        if (tail != null) {
            tail.get(20, TimeUnit.SECONDS);
        }
        server.close();
    }

    private void tails(String... options) {
        String[] line = new String[options.length + 4];
        System.arraycopy(new String[] {"topic", "tail", "ops", "--json"}, 0, line, 0, 4);
        System.arraycopy(options, 0, line, 4, options.length);
        tail = CompletableFuture.supplyAsync(() -> host.run(line));
    }

    private List<String> texts() {
        return host.out()
                .lines()
                .map(line -> JsonReader.read(line).orElseThrow())
                .filter(line -> line.has("id"))
                .map(line -> line.path("message").asText())
                .toList();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void posted(String text) {
        server.posted(text, "bob", TopicBody.plain(text));
    }

    private void shared() {
        KeyHolder bob = server.member("bob");
        server.keep(
                mesh.memberId(),
                1,
                new Copy.Found(
                        TopicKeys.seal(key, mesh.pubkey(), BoxKeyPair.ofIdentity(bob.secretKey())),
                        1,
                        false,
                        "",
                        bob.publicKey()));
    }

    @Test
    void tail_streamBreaksAndServerStarts_losesAndRepeatsNothing() {
        posted("one");
        tails();
        until(() -> texts().size() == 1);
        posted("two");
        until(() -> texts().size() == 2);

        server.failsStreams(404, 503);
        server.breakStreams();
        posted("three");
        until(() -> texts().size() == 3);
        posted("four");
        until(() -> texts().size() == 4);

        assertThat(texts()).containsExactly("one", "two", "three", "four");
        assertThat(server.resumedBehind()).first().isEqualTo("one");
        assertThat(server.resumedBehind()).last().isEqualTo("two");
        assertThat(host.err()).contains("the server answered 404", "the server answered 503");
    }

    @Test
    void tail_serverStartsBeforeTheFirstStream_asksAgainEveryTwoSeconds() {
        server.failsStreams(404, 404, 404, 404, 404);
        posted("one");
        tails();
        until(() -> server.resumedBehind().size() == 1);
        posted("two");

        until(() -> texts().equals(List.of("one", "two")));
        assertThat(host.err().lines().filter(line -> line.contains("the server answered 404")))
                .hasSize(5)
                .allSatisfy(line -> assertThat(Long.parseLong(line.replaceAll(".*next attempt in (\\d+) ms", "$1")))
                        .isLessThanOrEqualTo(2_000));
    }

    @Test
    void tail_topicWasEmpty_missesNothingThatCameMeanwhile() {
        tails();
        until(() -> server.resumedBehind().size() == 1);
        server.failsStreams(503);
        server.breakStreams();
        posted("one");

        until(() -> texts().equals(List.of("one")));
        posted("two");
        until(() -> texts().equals(List.of("one", "two")));
    }

    @Test
    void tail_serverBreaksOffWhileItCatchesUp_missesNothing() {
        tails();
        until(() -> server.resumedBehind().size() == 1);
        server.failsPages(1);
        server.breakStreams();
        posted("one");

        until(() -> !texts().isEmpty());
        posted("two");
        until(() -> texts().size() == 2);
        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void tail_forwardOnly_beginsWithWhatComes() {
        posted("old");
        tails("--forward-only");
        until(() -> server.resumedBehind().equals(List.of("old")));
        posted("new");

        until(() -> texts().equals(List.of("new")));
    }

    @Test
    void tail_keyMissing_waitsAndThenShowsEverythingInOrder() {
        server.epoch(1);
        TopicKey shared = new TopicKey(1, key, "x", "x");
        server.posted("p1", "bob", TopicBody.plain("one"));
        server.posted("p2", "bob", TopicBody.encrypted("two", shared));
        server.posted("p3", "bob", TopicBody.plain("three"));
        tails();
        until(() -> host.err().contains("waiting for a member to share the key"));
        assertThat(texts()).containsExactly("one");
        server.posted("p4", "bob", TopicBody.encrypted("four", shared));

        shared();

        until(() -> texts().size() == 4);
        assertThat(texts()).containsExactly("one", "two", "three", "four");
        assertThat(host.err().split("waiting for a member to share", -1)).hasSize(2);
        until(() -> host.err().contains("sealed by bob"));
    }

    @Test
    void tail_holdsTheKey_sharesItWithWhoeverWaits() {
        shared();
        server.member("zoe");
        tails();

        until(() -> server.hasCopy("zoe", 1));
        until(() -> host.err().contains("shared the key of #ops with"));
    }

    @Test
    void tail_archived_endsAndRevokesItsKey() throws Exception {
        posted("one");
        tails();
        until(() -> texts().size() == 1);

        server.archive();

        assertThat(tail.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.meshes().asked().stream().filter(ApiKeyCreate.class::isInstance))
                .hasSize(1);
        assertThat(host.meshes().asked().stream().filter(ApiKeyRevoke.class::isInstance))
                .hasSize(1);
    }
}

package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.McpHost;
import com.claudemesh.systemtests.harness.Person;
import com.claudemesh.systemtests.harness.RunningCommand;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Conversations as people type them: two home directories, a tail and a session in one encrypted topic. */
@ResourceLock(SharedServer.DEFAULTS)
class TopicCommandsTest {
    private static Server server;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    private static List<String> texts(List<JsonNode> posts) {
        return posts.stream().map(post -> post.path("message").asText()).toList();
    }

    @Test
    void topic_keyIsSharedByWhoeverHasIt_andEverybodySeesTheSameInOrder() throws Exception {
        TestMesh mesh = TestMesh.with(server, 3);
        Person alice = Person.named("alice").belongingTo(mesh.seat(1));
        Person bob = Person.named("bob").belongingTo(mesh.seat(2));
        String nameOfBob = mesh.member(2).displayName();
        String three = "three, @" + mesh.member(1).displayName();
        JsonNode made = alice.does("topic", "create", "ops", "--json").json();
        assertThat(made.path("created").asBoolean()).isTrue();
        bob.does("topic", "join", "#ops");
        alice.does("topic", "post", "ops", "one");

        try (RunningCommand bobsTail = bob.starts("topic", "tail", "ops", "--json")) {
            bobsTail.says("waiting for a member to share the key");
            try (McpHost alicesSession = alice.startsSession().connected()) {
                assertThat(texts(bobsTail.lines(1))).containsExactly("one");
                bob.does("send", "#ops", "two");
                JsonNode post =
                        bob.does("topic", "post", "ops", three, "--json").json();
                assertThat(post.path("bodyVersion").asInt()).isEqualTo(2);
                alice.does("send", "#ops", "four");

                assertThat(texts(bobsTail.lines(4))).containsExactly("one", "two", three, "four");
                JsonNode two = alicesSession.nextEvent();
                assertThat(two.path("content").asText()).isEqualTo(nameOfBob + " (#ops): two");
                assertThat(two.at("/meta/topic").asText()).isEqualTo("ops");
                assertThat(two.at("/meta/encrypted").asText()).isEqualTo("true");
                assertThat(two.path("meta").has("mention")).isFalse();
                JsonNode mention = alicesSession.nextEvent();
                assertThat(mention.path("content").asText()).isEqualTo(nameOfBob + " (#ops): " + three);
                assertThat(mention.at("/meta/mention").asText()).isEqualTo("true");
                assertThat(alicesSession.badLines()).isEmpty();
            }
            assertThat(bobsTail.stops()).isZero();
        }

        JsonNode history = alice.does("topic", "history", "ops", "--json").json();
        assertThat(history.findValuesAsText("message")).containsExactly("one", "two", three, "four");
        JsonNode found = alice.does("topic", "search", "THREE", "--json").json();
        assertThat(found.path("messages").findValuesAsText("message")).containsExactly(three);
        JsonNode mentions = alice.does("notification", "list", "--json").json();
        assertThat(mentions.path("notifications").findValuesAsText("message")).containsExactly(three);
    }

    @Test
    void bridge_betweenTwoMeshes_carriesPostsOfAnEncryptedTopicAndBack() throws Exception {
        TestMesh first = TestMesh.with(server, 2);
        TestMesh second = TestMesh.with(server, 2);
        Person gate = Person.named("gate").belongingTo(first.seat(0), second.seat(0));
        Person alice = Person.named("alice").belongingTo(first.seat(1));
        Person bob = Person.named("bob").belongingTo(second.seat(1));
        String a = first.slug();
        String b = second.slug();
        String nameOfAlice = first.member(1).displayName();
        String nameOfBob = second.member(1).displayName();
        gate.does("topic", "create", "ops", "--mesh", a);
        alice.does("topic", "join", "ops");
        Path config = gate.home().resolve("bridge.yaml");
        Files.writeString(config, """
                a:
                  mesh: %s
                  topic: ops
                b:
                  mesh: %s
                  topic: general
                """.formatted(a, b));

        try (RunningCommand bridge = gate.starts("bridge", "run", config.toString());
                RunningCommand bobsTail = bob.starts("topic", "tail", "general", "--json")) {
            bridge.says("shared the key with " + nameOfAlice);
            alice.does("topic", "post", "ops", "hello");
            assertThat(texts(bobsTail.lines(1))).containsExactly("__cmh1:" + nameOfAlice + " (" + a + "): hello");
            bob.does("topic", "post", "general", "hello yourself");
            bridge.prints("b→a hop=1");

            assertThat(alice.does("topic", "history", "ops", "--json").json().findValuesAsText("message"))
                    .containsExactly("hello", "__cmh1:" + nameOfBob + " (" + b + "): hello yourself");
            assertThat(bridge.stops()).isZero();
        }
    }
}

package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Invitations;
import com.claudemesh.systemtests.harness.McpHost;
import com.claudemesh.systemtests.harness.Person;
import com.claudemesh.systemtests.harness.Person.Outcome;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SharedServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What somebody sees who has just cloned the project: the commands that the first start prints, typed by two people with
 * home directories of their own. Everything goes through the real command line and the real server.
 */
@ResourceLock(SharedServer.DEFAULTS)
class FirstLightTest {
    private static Server server;

    @BeforeAll
    static void start() {
        server = SharedServer.withDefaults();
    }

    private static Person member(String invitation, String name) {
        Person person = Person.named(name);
        person.does("join", invitation, "--name", name);
        return person;
    }

    /** Shows itself once, so that others know its name, and is gone again. */
    private static void showsUp(Person person, Person to) {
        try (McpHost session = person.startsSession().connected()) {
            to.does("peers");
            assertThat(session.hangsUp()).isZero();
        }
    }

    private static JsonNode send(Person from, Person to, String text) {
        return from.does("send", "--json", to.name(), text).json();
    }

    private static List<String> inboxTexts(Person person) {
        return person.does("inbox", "--json").json().findValuesAsText("plaintext");
    }

    @Test
    void printedCommands_twoHomeDirectories_aMessageArrivesAndIsAnswered() throws Exception {
        String printed = Files.readString(server.data().resolve("supervisor-output.txt"));
        Person alice = Person.named("alice");
        Person bob = Person.named("bob");
        assertThat(alice.types(printedCommand(printed, "join \\S+ --name alice")))
                .extracting(Outcome::exitCode)
                .isEqualTo(0);
        assertThat(bob.types(printedCommand(printed, "join \\S+ --name bob")))
                .extracting(Outcome::exitCode)
                .isEqualTo(0);

        try (McpHost bobsSession = bob.startsSession().connected()) {
            assertThat(alice.types(printedCommand(printed, "send bob \"hello\""))
                            .out())
                    .contains("sent to bob");

            JsonNode event = bobsSession.nextEvent();
            assertThat(event.path("content").asText()).isEqualTo("alice: hello");
            assertThat(event.at("/meta/from_name").asText()).isEqualTo("alice");
            assertThat(event.at("/meta/encrypted").asText()).isEqualTo("true");
            assertThat(event.at("/meta/mesh_slug").asText()).isEqualTo("home");

            bob.does("send", event.at("/meta/from_name").asText(), "hello yourself");
            assertThat(inboxTexts(alice)).containsExactly("hello yourself");
            assertThat(inboxTexts(bob)).containsExactly("hello");
            assertThat(bobsSession.badLines()).isEmpty();
        }
    }

    /** The command of a printed line, with the launcher as it can be called from the checkout. */
    private static String printedCommand(String printed, String verbAndArguments) {
        Matcher line =
                Pattern.compile("(\\S*claudemesh) (" + verbAndArguments + ")").matcher(printed);
        assertThat(line.find())
                .as("printed: " + verbAndArguments + " in " + printed)
                .isTrue();
        String launcher = line.group(1).contains("/") ? line.group(1) : "./" + line.group(1);
        return launcher + " " + line.group(2);
    }

    @Test
    void receiverOffline_theSenderIsToldAndEverythingArrivesLaterOnceAndInOrder() throws Exception {
        String invitation = Invitations.toNewMesh(server);
        Person alice = member(invitation, "alice");
        Person bob = member(invitation, "bob");
        showsUp(bob, alice);

        for (String text : List.of("one", "two", "three")) {
            JsonNode answer = send(alice, bob, text);
            assertThat(answer.path("ok").asBoolean()).isTrue();
            assertThat(answer.path("recipient").asText()).isEqualTo("offline");
        }
        assertThat(alice.does("send", "bob", "four").out()).contains("queued — bob is offline");

        try (McpHost session = bob.startsSession()) {
            for (String text : List.of("one", "two", "three", "four")) {
                assertThat(session.nextEvent().path("content").asText()).isEqualTo("alice: " + text);
            }
            assertThat(session.hangsUp()).isZero();
        }
        try (McpHost session = bob.startsSession().connected()) {
            send(alice, bob, "five");
            assertThat(session.nextEvent().path("content").asText()).isEqualTo("alice: five");
        }
        assertThat(inboxTexts(bob)).containsExactly("one", "two", "three", "four", "five");
    }

    @Test
    void inboxWithoutASession_fetchesWhatWaitsAndLeavesNothingForTheNextSession() throws Exception {
        String invitation = Invitations.toNewMesh(server);
        Person alice = member(invitation, "alice");
        Person bob = member(invitation, "bob");
        showsUp(bob, alice);
        send(alice, bob, "for the inbox");

        assertThat(inboxTexts(bob)).containsExactly("for the inbox");

        try (McpHost session = bob.startsSession().connected()) {
            send(alice, bob, "for the session");
            assertThat(session.nextEvent().path("content").asText()).isEqualTo("alice: for the session");
        }
    }

    @Test
    void verbsBesideASession_useItsConnectionAndTakeNothingAwayFromIt() throws Exception {
        String invitation = Invitations.toNewMesh(server);
        Person alice = member(invitation, "alice");
        Person bob = member(invitation, "bob");
        try (McpHost bobsSession = bob.startsSession().connected();
                McpHost alicesSession = alice.startsSession().connected()) {
            assertThat(bobsSession.nextEvent().at("/meta/event").asText()).isEqualTo("peer_joined");

            assertThat(send(bob, alice, "hello").path("via").asText()).isEqualTo("warm");
            assertThat(bob.does("peers", "--json").json().findValuesAsText("displayName"))
                    .containsExactlyInAnyOrder("alice", "bob");
            bob.does("inbox");
            send(alice, bob, "hello yourself");

            assertThat(bobsSession.nextEvent().path("content").asText()).isEqualTo("alice: hello yourself");
            assertThat(alicesSession.nextEvent().path("content").asText()).isEqualTo("bob: hello");
        }
    }

    @Test
    void verbsWithoutASession_areNotNoticedByOthers() throws Exception {
        String invitation = Invitations.toNewMesh(server);
        Person alice = member(invitation, "alice");
        Person bob = member(invitation, "bob");
        try (McpHost session = bob.startsSession().connected()) {
            assertThat(alice.does("peers", "--json").json().findValuesAsText("displayName"))
                    .containsExactly("bob");
            alice.does("inbox");
            alice.does("status");
            assertThat(send(alice, bob, "the only thing to see").path("via").asText())
                    .isEqualTo("cold");

            assertThat(session.nextEvent().path("content").asText()).isEqualTo("alice: the only thing to see");
        }
    }

    @Test
    void session_serverRestarts_goesOnAndNothingIsLost() throws Exception {
        String invitation = Invitations.toNewMesh(server);
        Person alice = member(invitation, "alice");
        Person bob = member(invitation, "bob");
        try (McpHost session = bob.startsSession().connected()) {
            send(alice, bob, "before");
            assertThat(session.nextEvent().path("content").asText()).isEqualTo("alice: before");

            server.killServer();
            server.awaitReady();
            send(alice, bob, "after");

            assertThat(session.nextEvent().path("content").asText()).isEqualTo("alice: after");
            assertThat(session.hangsUp()).isZero();
            assertThat(session.badLines()).isEmpty();
        }
    }
}

package com.claudemesh.cli.message;

import static com.claudemesh.cli.testing.Peers.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.FileGuard;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.FileInboxStore;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.IncomingMessage.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxCommandTest {
    @TempDir
    Path home;

    private TestHost host;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
    }

    private static IncomingMessage message(String mesh, String id, String receivedAt, @Nullable String text) {
        return new IncomingMessage(
                "mesh-" + mesh,
                id,
                key('1'),
                key('b'),
                "bob",
                Priority.NEXT,
                "2026-03-01T10:00:00.000Z",
                receivedAt,
                Kind.DIRECT,
                key('0'),
                text,
                true,
                null,
                null,
                null);
    }

    private static IncomingMessage message(String id, String text) {
        return message("crew", id, "2026-03-01T11:00:00.000Z", text);
    }

    private void received(IncomingMessage... messages) throws IOException {
        FileInboxStore store = new FileInboxStore(host.services().home().inboxDirectory());
        for (IncomingMessage message : messages) {
            store.add(message);
        }
    }

    @Test
    void call_received_isShownWithSenderAddressAndAge() throws IOException {
        received(message("m1", "first line\nsecond line"));

        assertThat(host.run("inbox")).isZero();

        assertThat(host.out())
                .contains("messages (1)")
                .contains("● bob 11111111 [→ direct] 1h on crew")
                .contains("    first line\n    second line");
    }

    @Test
    void call_json_isAnArrayOfRecords() throws IOException {
        received(message("m1", "one"));

        host.run("message", "inbox", "--json");

        assertThat(host.json()).hasSize(1);
        assertThat(host.json().get(0).path("messageId").asText()).isEqualTo("m1");
        assertThat(host.json().get(0).path("plaintext").asText()).isEqualTo("one");
        assertThat(host.json().get(0).path("senderName").asText()).isEqualTo("bob");
        assertThat(host.json().get(0).path("mesh").asText()).isEqualTo("crew");
    }

    @Test
    void call_jsonFields_areChosen() throws IOException {
        received(message("m1", "one"));

        host.run("inbox", "--json", "senderName,plaintext");

        assertThat(host.json().toString()).isEqualTo("[{\"senderName\":\"bob\",\"plaintext\":\"one\"}]");
    }

    @Test
    void call_serverHoldsMessages_fetchesThemFirst() {
        host.meshes().holds(message("m1", "one"));

        host.run("inbox", "--json");

        assertThat(host.json().findValuesAsText("plaintext")).containsExactly("one");
    }

    @Test
    void call_sessionReceives_fetchesNothing() throws IOException {
        received(message("m1", "one"));
        host.meshes().holds(message("m2", "of the session"));
        try (FileGuard session =
                FileGuard.tryShare(host.services().home().receiverLock("crew")).orElseThrow()) {
            host.run("inbox", "--json");

            assertThat(session).isNotNull();
        }
        assertThat(host.json().findValuesAsText("plaintext")).containsExactly("one");
        assertThat(host.meshes().fetched()).isEmpty();
    }

    @Test
    void call_waitZero_fetchesNothing() {
        host.run("inbox", "--wait", "0");

        assertThat(host.meshes().fetched()).isEmpty();
    }

    @Test
    void call_serverUnreachable_showsWhatIsThereAndSaysSo() throws IOException {
        received(message("m1", "one"));
        host.meshes().cut("crew");

        assertThat(host.run("inbox", "--json")).isZero();

        assertThat(host.json()).hasSize(1);
        assertThat(host.err()).contains("crew: only what was received before");
    }

    @Test
    void call_unread_showsEachMessageOnce() throws IOException {
        received(message("m1", "one"));

        host.run("inbox", "--unread", "--json");
        assertThat(host.json()).hasSize(1);

        host.run("inbox", "--unread", "--json");
        assertThat(host.json()).isEmpty();
    }

    @Test
    void call_limit_showsTheNewestOldestFirst() throws IOException {
        received(message("m1", "one"), message("m2", "two"), message("m3", "three"));

        host.run("inbox", "--limit", "2", "--json");

        assertThat(host.json().findValuesAsText("plaintext")).containsExactly("two", "three");
    }

    @Test
    void call_notShownBecauseOfTheLimit_staysUnread() throws IOException {
        received(message("m1", "one"), message("m2", "two"));

        host.run("inbox", "--limit", "1");
        host.run("inbox", "--unread", "--json");

        assertThat(host.json().findValuesAsText("plaintext")).containsExactly("one");
    }

    @Test
    void call_severalMeshes_areMergedByTime() throws IOException {
        host.joined("lab");
        received(
                message("crew", "m1", "2026-03-01T11:00:01.000Z", "second"),
                message("lab", "m2", "2026-03-01T11:00:00.000Z", "first"));

        host.run("inbox", "--json");

        assertThat(host.json().findValuesAsText("plaintext")).containsExactly("first", "second");
    }

    @Test
    void call_mesh_showsOnlyThatOne() throws IOException {
        host.joined("lab");
        received(
                message("crew", "m1", "2026-03-01T11:00:01.000Z", "of crew"),
                message("lab", "m2", "2026-03-01T11:00:00.000Z", "of lab"));

        host.run("inbox", "--mesh", "lab", "--json");

        assertThat(host.json().findValuesAsText("plaintext")).containsExactly("of lab");
        assertThat(host.meshes().fetched()).containsExactly("lab");
    }

    @Test
    void call_notDecrypted_saysSo() throws IOException {
        received(message("crew", "m1", "2026-03-01T11:00:00.000Z", null));

        host.run("inbox");

        assertThat(host.out()).contains("[encrypted:");
    }

    @Test
    void call_hostileText_cannotControlTheTerminal() throws IOException {
        received(message("m1", "\u001b[2Jgone"));

        host.run("inbox");

        assertThat(host.out()).doesNotContain("\u001b");
    }

    @Test
    void call_limitOutOfBounds_error() {
        assertThat(host.run("inbox", "--limit", "0")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("inbox", "--wait", "-1")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("inbox", "--wait", "NaN")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_nothingJoined_error(@TempDir Path other) {
        assertThat(new TestHost(other).run("inbox")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void flush_before_deletesWhatIsOlder() throws IOException {
        received(
                message("crew", "m1aaaaaaa", "2026-01-01T00:00:00.000Z", "old"),
                message("crew", "m2aaaaaaa", "2026-02-01T00:00:00.000Z", "new"));

        assertThat(host.run("inbox", "flush", "--before", "2026-02-01", "--json"))
                .isZero();
        assertThat(host.json().path("removed").asInt()).isEqualTo(1);

        host.run("inbox", "--wait", "0", "--json", "messageId");
        assertThat(host.json().findValuesAsText("messageId")).containsExactly("m2aaaaaaa");
    }

    @Test
    void flush_mesh_leavesOtherMeshesAlone() throws IOException {
        host.joined("lab");
        received(
                message("crew", "m1aaaaaaa", "2026-01-01T00:00:00.000Z", "x"),
                message("lab", "m2aaaaaaa", "2026-01-01T00:00:00.000Z", "y"));

        host.run("inbox", "flush", "--mesh", "lab");

        host.run("inbox", "--wait", "0", "--json", "messageId");
        assertThat(host.json().findValuesAsText("messageId")).containsExactly("m1aaaaaaa");
    }

    @Test
    void flush_unclear_deletesNothing() throws IOException {
        received(message("m1aaaaaaa", "x"));

        assertThat(host.run("inbox", "flush")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("inbox", "flush", "--before", "soon")).isEqualTo(ExitCode.INVALID_ARGUMENTS);

        host.run("inbox", "flush", "--all", "--json");
        assertThat(host.json().path("removed").asInt()).isEqualTo(1);
    }

    @Test
    void delete_idOrPrefix_deletesTheOne() throws IOException {
        received(message("m1aaaaaaa", "x"), message("m1bbbbbbb", "y"), message("m2ccccccc", "z"));

        assertThat(host.run("inbox", "delete", "m1aaaaaaa", "--json")).isZero();
        assertThat(host.json().path("id").asText()).isEqualTo("m1aaaaaaa");
        assertThat(host.run("inbox", "rm", "m1bbbbbb")).isZero();

        host.run("inbox", "--wait", "0", "--json", "messageId");
        assertThat(host.json().findValuesAsText("messageId")).containsExactly("m2ccccccc");
    }

    @Test
    void delete_unknownShortOrAmbiguous_deletesNothing() throws IOException {
        received(message("m1aaaaaaa1", "x"), message("m1aaaaaaa2", "y"));

        assertThat(host.run("inbox", "delete", "m1aaaaaa")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("inbox", "delete", "m1aa", "--json")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("not_found");
        host.run("inbox", "--wait", "0", "--json", "messageId");
        assertThat(host.json()).hasSize(2);
    }
}

package com.claudemesh.cli.message;

import static com.claudemesh.cli.testing.Peers.key;
import static com.claudemesh.cli.testing.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.testing.FakeMeshGateway.Sent;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendCommandTest {
    @TempDir
    Path home;

    private TestHost host;
    private String ownKey;

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        ownKey = host.joined("crew").pubkey();
        host.meshes().online("crew", peer("bob", key('b')), peer("dora", key('d')));
    }

    private OutgoingMessage onlyMessage() {
        assertThat(host.meshes().sent()).hasSize(1);
        return host.meshes().sent().get(0).message();
    }

    @Test
    void call_name_goesToTheMemberKey() {
        assertThat(host.run("send", "bob", "hello", "there")).isZero();

        assertThat(onlyMessage().targetSpec()).isEqualTo(key('b'));
        assertThat(onlyMessage().text()).isEqualTo("hello there");
        assertThat(host.out()).contains("sent to bob");
    }

    @Test
    void call_json_isOneLineThatEchoesTheResolvedKey() {
        host.run("send", "--json", "bob", "hello");

        assertThat(host.out().lines()).hasSize(1);
        assertThat(host.json().path("target").asText()).isEqualTo("bob");
        assertThat(host.json().path("targetSpec").asText()).isEqualTo(key('b'));
        assertThat(host.json().path("mesh").asText()).isEqualTo("crew");
        assertThat(host.json().path("via").asText()).isEqualTo("cold");
    }

    @Test
    void call_recipientOffline_saysQueued() {
        host.meshes().recipientsAreOffline();

        host.run("send", "bob", "hello");

        assertThat(host.out()).contains("queued — bob is offline; it will be delivered when they return");
    }

    @Test
    void call_recipientOfflineJson_saysOffline() {
        host.meshes().recipientsAreOffline();

        host.run("send", "bob", "hello", "--json");

        assertThat(host.json().path("recipient").asText()).isEqualTo("offline");
    }

    @Test
    void call_nameSeenEarlier_isFoundWhenOffline() {
        host.run("peers");
        host.meshes().online("crew");

        assertThat(host.run("send", "bob", "hello")).isZero();
        assertThat(onlyMessage().targetSpec()).isEqualTo(key('b'));
        assertThat(host.err()).contains("not online");
    }

    @Test
    void call_nameOfSomebodyWhoWrote_isFoundWhenOffline() throws Exception {
        host.services()
                .inbox()
                .add(new IncomingMessage(
                        "mesh-crew",
                        "m1",
                        key('1'),
                        key('f'),
                        "fay",
                        Priority.NEXT,
                        "",
                        "",
                        IncomingMessage.Kind.DIRECT,
                        null,
                        "question",
                        true,
                        null,
                        null,
                        null));

        assertThat(host.run("send", "fay", "answer")).isZero();
        assertThat(onlyMessage().targetSpec()).isEqualTo(key('f'));
    }

    @Test
    void call_unknownName_sendsNothing() {
        assertThat(host.run("send", "--json", "nobody", "hello")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("peer_not_found");
        assertThat(host.meshes().sent()).isEmpty();
    }

    @Test
    void call_severalTargets_sendsToEach() {
        assertThat(host.run("send", "bob,dora", "hello")).isZero();

        assertThat(host.meshes().sent())
                .extracting(Sent::message)
                .extracting(OutgoingMessage::targetSpec)
                .containsExactly(key('b'), key('d'));
    }

    @Test
    void call_oneOfSeveralTargetsUnknown_sendsToTheOtherAndFails() {
        assertThat(host.run("send", "nobody,dora", "hello", "--json")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(onlyMessage().targetSpec()).isEqualTo(key('d'));
        assertThat(host.json().path("ok").asBoolean()).isFalse();
        assertThat(host.json().path("results")).hasSize(2);
    }

    @Test
    void call_toOption_leavesAllWordsToTheMessage() {
        host.run("send", "--to", "bob", "--to=dora", "well", "done");

        assertThat(host.meshes().sent()).hasSize(2);
        assertThat(host.meshes().sent().get(0).message().text()).isEqualTo("well done");
    }

    @Test
    void call_dash_readsStandardInput() {
        host.withInput("two\nlines\n").run("send", "bob", "-");

        assertThat(onlyMessage().text()).isEqualTo("two\nlines");
    }

    @Test
    void call_noMessageWithPipedInput_readsStandardInput() {
        host.withInput("piped").run("send", "bob");

        assertThat(onlyMessage().text()).isEqualTo("piped");
    }

    @Test
    void call_messageMissing_error() {
        assertThat(host.withTerminal().run("send", "bob")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_recipientMissing_error() {
        assertThat(host.run("send")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_priority_isSent() {
        host.run("send", "bob", "--priority", "now", "hello");

        assertThat(onlyMessage().priority()).isEqualTo(Priority.NOW);
    }

    @Test
    void call_unknownPriority_error() {
        assertThat(host.run("send", "bob", "--priority", "urgent", "hello")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_groupTarget_isNotTakenForAnArgumentFile() {
        assertThat(host.run("send", "@qa", "hello")).isZero();
        assertThat(onlyMessage().targetSpec()).isEqualTo("@qa");
    }

    @Test
    void call_self_needsTheFlag() {
        assertThat(host.run("send", ownKey, "hello")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("send", "--self", ownKey, "hello")).isZero();
    }

    @Test
    void call_displayName_isThatOfTheSession() {
        host.with("CLAUDEMESH_DISPLAY_NAME", "Carol the builder").run("send", "bob", "hello");

        assertThat(host.meshes().displayNames()).containsExactly("Carol the builder");
    }

    @Test
    void call_serverUnreachable_error() {
        host.meshes().cut("crew");

        assertThat(host.run("send", "bob", "hello")).isEqualTo(ExitCode.NETWORK_ERROR);
    }

    @Test
    void call_nothingJoined_error(@TempDir Path other) {
        assertThat(new TestHost(other).run("send", "bob", "hello")).isEqualTo(ExitCode.NOT_FOUND);
    }
}

package com.claudemesh.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.cli.testing.TopicServer;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.TopicArchive;
import com.claudemesh.protocol.frame.TopicCreate;
import com.claudemesh.protocol.frame.TopicCreated;
import com.claudemesh.protocol.frame.TopicInvite;
import com.claudemesh.protocol.frame.TopicJoin;
import com.claudemesh.protocol.frame.TopicLeave;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicMarkRead;
import com.claudemesh.protocol.frame.TopicMembers;
import com.claudemesh.protocol.frame.TopicMembersResponse;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCommandsTest {
    @TempDir
    Path home;

    private final TopicServer server = new TopicServer();
    private TestHost host;

    @BeforeEach
    void join() {
        host = new TestHost(home);
        server.joined(host);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void listsInTurn(TopicRole before, TopicRole after) {
        host.meshes()
                .answers(
                        TopicList.class,
                        List.of(
                                new TopicListResponse(List.of(server.topic(before))),
                                new TopicListResponse(List.of(server.topic(after)))));
    }

    @Test
    void create_name_isMadeWithItsOptions() {
        host.meshes()
                .answers(
                        TopicCreate.class,
                        new TopicCreated(new TopicCreated.Topic("t1", "deploys", TopicVisibility.PRIVATE), true));

        int code = host.run(
                "topic", "create", "#deploys", "--visibility", "private", "--description", "what ships", "--json");

        assertThat(code).isZero();
        assertThat(host.meshes().asked())
                .containsExactly(new TopicCreate("deploys", "what ships", TopicVisibility.PRIVATE, null));
        assertThat(host.json().path("created").asBoolean()).isTrue();
        assertThat(host.json().path("id").asText()).isEqualTo("t1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--visibility=secret", "--retention=-1", "--retention=soon"})
    void create_badOption_isRefused(String option) {
        assertThat(host.run("topic", "create", "ops", option)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void create_badName_isRefused() {
        assertThat(host.run("topic", "create", "Not A Name")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void list_oneMesh_isABareArray() {
        assertThat(host.run("topic", "list", "--json")).isZero();

        assertThat(host.json().get(0).path("name").asText()).isEqualTo("ops");
        assertThat(host.json().get(0).path("unread").asInt()).isEqualTo(3);
        host.run("topic", "list");
        assertThat(host.out()).contains("#ops", "3 unread");
    }

    @Test
    void list_severalMeshes_areNamed() {
        host.joined("lab");
        host.meshes().cut("lab");

        assertThat(host.run("topic", "list", "--json")).isZero();

        assertThat(host.json().findValuesAsText("mesh")).containsExactly("crew", "lab");
        assertThat(host.json().get(1).has("error")).isTrue();
    }

    @Test
    void join_public_isJoined() {
        listsInTurn(null, TopicRole.MEMBER);

        assertThat(host.run("topic", "join", "#ops", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new TopicJoin(TopicServer.TOPIC_ID, null));
        assertThat(host.json().path("joined").asText()).isEqualTo("ops");
        assertThat(host.json().path("role").asText()).isEqualTo("member");
    }

    @Test
    void join_notLetIn_isSaid() {
        listsInTurn(null, null);

        assertThat(host.run("topic", "join", "ops")).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.err()).contains("topic invite");
    }

    @Test
    void join_asLeadButRefusedTheRole_isSaid() {
        listsInTurn(null, TopicRole.MEMBER);

        assertThat(host.run("topic", "join", "ops", "--role", "lead")).isZero();
        assertThat(host.err()).contains("member, not lead");
    }

    @Test
    void unknownTopic_everyVerb_saysWhatThereIs() {
        for (String verb : List.of("join", "leave", "members", "history", "read", "tail", "archive", "encrypt")) {
            assertThat(host.run("topic", verb, "nowhere")).as(verb).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(host.err()).as(verb).contains("no topic #nowhere", "#ops");
        }
    }

    @Test
    void leave_member_isOut() {
        listsInTurn(TopicRole.MEMBER, null);

        assertThat(host.run("topic", "leave", "ops", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new TopicLeave(TopicServer.TOPIC_ID));
        assertThat(host.json().path("left").asText()).isEqualTo("ops");
    }

    @Test
    void read_topic_isMarked() {
        assertThat(host.run("topic", "read", "ops", "--json")).isZero();

        assertThat(host.meshes().told()).containsExactly(new TopicMarkRead(TopicServer.TOPIC_ID));
        assertThat(host.json().path("read").asText()).isEqualTo("ops");
    }

    @Test
    void members_list_showsRoles() {
        host.meshes()
                .answers(
                        TopicMembers.class,
                        new TopicMembersResponse(
                                "ops",
                                List.of(new TopicMembersResponse.Member(
                                        "m1", "ab".repeat(32), "bob", TopicRole.LEAD, "2026-03-01T10:00:00Z", null))));

        assertThat(host.run("topic", "members", "ops")).isZero();
        assertThat(host.out()).contains("bob lead", "abababab");
    }

    @Test
    void archive_refused_isTheServersReason() {
        host.meshes()
                .refuses(
                        TopicArchive.class, new CliException(ExitCode.PERMISSION_DENIED, "forbidden", "not yours", ""));

        assertThat(host.run("topic", "archive", "ops", "--json")).isEqualTo(ExitCode.PERMISSION_DENIED);
        assertThat(host.json().path("error").asText()).isEqualTo("forbidden");
    }

    @Test
    void invite_byName_putsTheMemberIn() {
        server.member("bobby");
        host.meshes().answers(TopicInvite.class, Ack.receipt("r"));

        assertThat(host.run("topic", "invite", "ops", "Bobby", "--role", "observer", "--json"))
                .isZero();

        assertThat(host.meshes().asked()).contains(new TopicInvite(TopicServer.TOPIC_ID, "bobby", TopicRole.OBSERVER));
        assertThat(host.json().path("keyShared").asBoolean()).isFalse();
    }

    @Test
    void invite_unknownMember_isRefused() {
        assertThat(host.run("topic", "invite", "ops", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.err()).contains("claudemesh member list");
    }
}

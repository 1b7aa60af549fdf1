package com.claudemesh.cli.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.JsonServer.Request;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberCommandsTest {
    private final AccountServer server = new AccountServer();
    private final Map<String, ObjectNode> members = new LinkedHashMap<>();
    private final Map<String, ObjectNode> permissions = new LinkedHashMap<>();
    private String publicKey = "";

    @TempDir
    Path home;

    @BeforeEach
    void serveMembers() {
        server.on("GET", "/mesh/mesh-crew/members", proven(request -> list()));
        server.on("PATCH", "/mesh/mesh-crew/member/(.+)", proven(this::change));
        server.on("GET", "/cli/mesh/crew/permissions", server.signedIn(request -> rights()));
        server.on("POST", "/cli/mesh/crew/permissions", server.signedIn(this::permit));
        member("member-of-crew", "Ada", "admin", true);
        member("bobsid000001", "Bob", "member", false);
        member("bobsid000002", "Bea", "member", true);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void member(String id, String name, String role, boolean online) {
        ObjectNode row = Output.object().put("id", id).put("displayName", name).putNull("roleTag");
        row.putArray("groups").addObject().put("name", "qa").put("role", "lead");
        row.put("messageMode", "push")
                .put("permission", role)
                .put("joinedAt", "2026-02-01T00:00:00.000Z")
                .put("online", online)
                .put("sessionCount", online ? 1 : 0);
        members.put(id, row);
        permissions.put(id, Output.object().put("canSend", true).put("canInvite", role.equals("admin")));
    }

    /** For the account, or for a member that has signed the request. */
    private Function<Request, Reply> proven(Function<Request, Reply> handler) {
        return request -> isSigned(request)
                ? handler.apply(request)
                : server.signedIn(handler).apply(request);
    }

    private boolean isSigned(Request request) {
        String text = String.join(
                "|",
                "claudemesh-request",
                request.method(),
                request.path(),
                "member-of-crew",
                Long.toString(TestHost.NOW.toEpochMilli()),
                Hex.encode(Digests.sha256(request.text().getBytes(StandardCharsets.UTF_8))));
        return request.header("x-member-id").equals("member-of-crew")
                && Signatures.verify(text, request.header("x-member-signature"), publicKey);
    }

    private Reply list() {
        ObjectNode body = Output.object().put("ok", true);
        members.values().forEach(body.putArray("members")::add);
        return Reply.ok(body);
    }

    private Reply change(Request request) {
        ObjectNode member = members.get(request.segments().get(0));
        if (request.body().has("permission")
                && request.body().path("permission").asText().equals("member")) {
            return Reply.error(400, "admin-managed fields: permission");
        }
        member.setAll((ObjectNode) request.body());
        ObjectNode body = Output.object().put("ok", true);
        body.set("member", member);
        return Reply.ok(body);
    }

    private Reply rights() {
        ObjectNode body = Output.object().put("mesh", "crew");
        var rows = body.putArray("members");
        members.forEach((id, member) -> {
            ObjectNode row = rows.addObject()
                    .put("member_id", id)
                    .put("display_name", member.path("displayName").asText())
                    .put("role", member.path("permission").asText())
                    .put("is_owner", id.equals("member-of-crew"));
            row.set("permissions", permissions.get(id));
        });
        return Reply.ok(body);
    }

    private Reply permit(Request request) {
        permissions.get(request.body().path("member_id").asText()).setAll((ObjectNode)
                request.body().path("permissions"));
        return Reply.ok(Output.object().put("ok", true));
    }

    /** Joined at the server, and signed in there. */
    private TestHost host() {
        TestHost host = joined();
        server.signIn(host);
        return host;
    }

    private TestHost joined() {
        TestHost host = new TestHost(home);
        Membership made = host.joined("crew");
        publicKey = made.pubkey();
        host.services()
                .configFile()
                .update(config -> config.with(new Membership(
                        made.meshId(),
                        made.memberId(),
                        "crew",
                        "crew",
                        made.pubkey(),
                        made.secretKey(),
                        server.brokerUrl(),
                        made.joinedAt(),
                        null,
                        2)));
        server.has("mesh-crew", "crew", "admin", true);
        return host;
    }

    private JsonNode lastBody() {
        return server.requests().get(server.requests().size() - 1).body();
    }

    @Test
    void list_json_isEverybody() {
        TestHost host = host();

        assertThat(host.run("member", "list", "--json", "displayName,role,online"))
                .isZero();

        assertThat(host.json().path("members").toString())
                .isEqualTo("[{\"displayName\":\"Ada\",\"role\":\"admin\",\"online\":true},"
                        + "{\"displayName\":\"Bob\",\"role\":\"member\",\"online\":false},"
                        + "{\"displayName\":\"Bea\",\"role\":\"member\",\"online\":true}]");
    }

    @Test
    void list_online_leavesTheOthersOut() {
        TestHost host = host();

        host.run("members", "--online");

        assertThat(host.out()).contains("Bea", "2 of 3 online", "@qa:lead").doesNotContain("Bob");
    }

    @Test
    void list_notSignedIn_provesTheMember() {
        TestHost host = joined();

        assertThat(host.run("member", "list")).isZero();
        assertThat(host.out()).contains("Ada", "(you)");
    }

    @Test
    void profile_notSignedIn_provesTheMemberAndTheChange() {
        TestHost host = joined();

        assertThat(host.run("profile", "--name", "Ada ✿")).isZero();
        assertThat(members.get("member-of-crew").path("displayName").asText()).isEqualTo("Ada ✿");
    }

    @Test
    void list_proofNotAccepted_saysWhereToSignIn() {
        TestHost host = joined();
        publicKey = "0".repeat(64);

        assertThat(host.run("member", "list")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.err()).contains("claudemesh login --server " + server.url());
    }

    @Test
    void list_signedInElsewhere_isNotShownTheToken() {
        TestHost host = joined();
        try (AccountServer other = new AccountServer()) {
            other.signIn(host);

            host.run("member", "list");
        }
        assertThat(server.requests())
                .allMatch(request -> request.authorization().isEmpty());
    }

    @Test
    void profile_bare_showsTheOwn() {
        TestHost host = host();

        assertThat(host.run("profile", "--json")).isZero();
        assertThat(host.json().path("displayName").asText()).isEqualTo("Ada");
    }

    @Test
    void profile_options_changeTheOwn() {
        TestHost host = host();

        assertThat(host.run(
                        "profile",
                        "--name",
                        "Ada L",
                        "--role-tag",
                        "reviewer",
                        "--groups",
                        "qa:lead,dev",
                        "--message-mode",
                        "inbox",
                        "--json"))
                .isZero();

        assertThat(lastBody().toString())
                .isEqualTo("{\"displayName\":\"Ada L\",\"roleTag\":\"reviewer\",\"groups\":[{\"name\":\"qa\",\"role\":"
                        + "\"lead\"},{\"name\":\"dev\"}],\"messageMode\":\"inbox\"}");
        assertThat(host.json().path("displayName").asText()).isEqualTo("Ada L");
    }

    @Test
    void profile_member_isFoundByNameOrId() {
        TestHost host = host();

        host.run("profile", "--member", "bob", "--role-tag", "");

        assertThat(members.get("bobsid000001").path("roleTag").isNull()).isTrue();
        assertThat(server.requests().get(server.requests().size() - 1).path()).endsWith("/member/bobsid000001");
    }

    @ParameterizedTest
    @CsvSource({"nobody,5", "bobsid,3"})
    void profile_unclearMember_error(String typed, int exitCode) {
        assertThat(host().run("profile", "--member", typed, "--name", "x")).isEqualTo(exitCode);
    }

    @Test
    void role_admin_isSaidToTheServer() {
        TestHost host = host();

        assertThat(host.run("member", "role", "Bob", "admin")).isZero();
        assertThat(members.get("bobsid000001").path("permission").asText()).isEqualTo("admin");
    }

    @Test
    void role_refused_exitCode7() {
        assertThat(host().run("member", "role", "Bob", "member")).isEqualTo(ExitCode.PERMISSION_DENIED);
    }

    @Test
    void role_unknown_asksNobody() {
        assertThat(host().run("member", "role", "Bob", "owner")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void permissions_json_namesEveryFlag() {
        TestHost host = host();

        assertThat(host.run("member", "permissions", "--json")).isZero();

        assertThat(host.json().at("/0/permissions")).hasSize(11);
        assertThat(host.json().at("/0/isOwner").asBoolean()).isTrue();
        assertThat(host.json().at("/1/permissions/canInvite").asBoolean()).isFalse();
    }

    @Test
    void allow_flags_areGranted() {
        TestHost host = host();

        assertThat(host.run("member", "allow", "Bob", "invite", "canWriteState", "--json"))
                .isZero();

        assertThat(host.json().at("/permissions/canInvite").asBoolean()).isTrue();
        assertThat(host.json().at("/permissions/canWriteState").asBoolean()).isTrue();
    }

    @Test
    void deny_flag_isTaken() {
        TestHost host = host();

        assertThat(host.run("member", "deny", "Bea", "canSend")).isZero();
        assertThat(permissions.get("bobsid000002").path("canSend").asBoolean()).isFalse();
    }

    private void serveTransfer() {
        server.on("POST", "/api/my/meshes/mesh-crew/transfer", server.signedIn(request -> {
            String memberId = request.body().path("memberId").asText();
            return members.containsKey(memberId)
                    ? Reply.ok(Output.object().put("id", "mesh-crew"))
                    : Reply.error(400, "Mesh not found or you are not the owner.");
        }));
    }

    @Test
    void transfer_confirmed_namesTheNewOwner() {
        serveTransfer();
        TestHost host = host();

        assertThat(host.run("member", "transfer", "Bob", "-y", "--json")).isZero();
        assertThat(host.json().path("owner").asText()).isEqualTo("bobsid000001");
    }

    @ParameterizedTest
    @CsvSource({"crew,0", "crw,1"})
    void transfer_terminal_wantsTheSlug(String typed, int exitCode) {
        serveTransfer();
        TestHost host = host().withTerminal().withInput(typed + "\n");

        assertThat(host.run("member", "transfer", "Bob")).isEqualTo(exitCode);
    }

    @Test
    void transfer_nobodyToAsk_changesNothing() {
        serveTransfer();

        assertThat(host().run("member", "transfer", "Bob")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(server.requests()).noneMatch(request -> request.path().endsWith("/transfer"));
    }

    @Test
    void transfer_notTheOwner_exitCode7() {
        server.on(
                "POST",
                "/api/my/meshes/mesh-crew/transfer",
                request -> Reply.error(400, "Mesh not found or you are not the owner."));

        assertThat(host().run("member", "transfer", "Bob", "-y")).isEqualTo(ExitCode.PERMISSION_DENIED);
    }

    @Test
    void allow_unknownFlag_listsThem() {
        TestHost host = host();

        assertThat(host.run("member", "allow", "Bob", "fly")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("canManagePermissions");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void list_restInterface_addsKeysAndStates() {
        TestHost host = new TestHost(home);
        publicKey = host.joined("crew", server.brokerUrl()).pubkey();
        host.meshes()
                .answers(
                        ApiKeyCreate.class,
                        new ApiKeyCreated("keyid1", "cm_x", "", "", List.of(ApiKeyCapability.READ), null, ""));
        host.meshes().answers(ApiKeyRevoke.class, ApiKeyRevokeResponse.revoked("keyid1"));
        server.on("GET", "/api/v1/members", request -> {
            ObjectNode body = Output.object();
            body.putArray("members")
                    .addObject()
                    .put("memberId", "bobsid000002")
                    .put("pubkey", "ab".repeat(32))
                    .put("isHuman", true)
                    .put("status", "working")
                    .put("summary", "tests");
            return Reply.ok(body);
        });

        assertThat(host.run("member", "list", "--json")).isZero();

        JsonNode bea = host.json().path("members").get(2);
        assertThat(bea.path("displayName").asText()).isEqualTo("Bea");
        assertThat(bea.path("pubkey").asText()).isEqualTo("ab".repeat(32));
        assertThat(bea.path("status").asText()).isEqualTo("working");
        assertThat(bea.path("groups").get(0).path("name").asText()).isEqualTo("qa");
        assertThat(host.meshes().asked()).contains(new ApiKeyRevoke("keyid1"));
    }
}

package com.claudemesh.cli.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.testing.AccountServer;
import com.claudemesh.cli.testing.JsonServer.Reply;
import com.claudemesh.cli.testing.TestHost;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvitationCommandsTest {
    private final AccountServer server = new AccountServer();
    private final List<ObjectNode> sent = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();

    @TempDir
    Path home;

    @BeforeEach
    void serveInvitations() {
        server.on("GET", "/api/my/invites", server.signedIn(request -> {
            ObjectNode body = Output.object();
            sent.forEach(body.putArray("sent")::add);
            return Reply.ok(body);
        }));
        server.on("GET", "/api/my/invites/incoming", server.signedIn(request -> Reply.ok(incoming())));
        server.on("DELETE", "/api/my/invites/([^/]+)", server.signedIn(request -> {
            deleted.add(request.segments().get(0));
            return Reply.ok(Output.object().put("ok", true));
        }));
        server.on(
                "DELETE",
                "/api/my/invites/incoming/([^/]+)",
                server.signedIn(request -> request.segments().get(0).equals("pending1")
                        ? Reply.ok(Output.object().put("ok", true))
                        : Reply.error(400, "Invitation not found or already resolved.")));
        invite("abcdef01", "crew", 3, 1, "2026-04-01T00:00:00.000Z", null);
        invite("abcdef02", "crew", 1, 1, "2026-04-01T00:00:00.000Z", null);
        invite("abcdef03", "lab", 1, 0, "2026-02-01T00:00:00.000Z", null);
        invite("zzzzzz04", "lab", 1, 0, "2026-04-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void invite(String id, String mesh, int max, int used, String expiresAt, String revokedAt) {
        sent.add(Output.object()
                .put("id", id)
                .put("meshId", "mesh-" + mesh)
                .put("meshName", mesh)
                .put("meshSlug", mesh)
                .put("token", "the-token-with-the-root-key")
                .put("role", "member")
                .put("maxUses", max)
                .put("usedCount", used)
                .put("expiresAt", expiresAt)
                .put("createdAt", "2026-01-01T00:00:00.000Z")
                .put("revokedAt", revokedAt));
    }

    private static ObjectNode incoming() {
        ObjectNode body = Output.object();
        ArrayNode rows = body.putArray("incoming");
        rows.addObject()
                .put("id", "pending1")
                .put("meshName", "The Lab")
                .put("code", "abcd2345efgh")
                .put("inviterName", "Bob")
                .put("expiresAt", "2026-04-01T00:00:00.000Z");
        return body;
    }

    private TestHost host() {
        TestHost host = new TestHost(home);
        server.signIn(host);
        return host;
    }

    @Test
    void list_json_saysWhichCanStillBeUsed() {
        TestHost host = host();

        assertThat(host.run("invitation", "list", "--json", "id,status")).isZero();

        assertThat(host.json().findValuesAsText("status")).containsExactly("active", "exhausted", "expired", "revoked");
    }

    @Test
    void list_anyMode_showsNoToken() {
        TestHost host = host();

        host.run("invitations", "--json");
        assertThat(host.out()).doesNotContain("the-token");
        host.run("invitations");
        assertThat(host.out()).doesNotContain("the-token").contains("1/3 used");
    }

    @Test
    void list_mesh_leavesOthersOut() {
        server.has("mesh-lab", "lab", "admin", true);
        TestHost host = host();

        host.run("invitations", "--mesh", "lab", "--json", "id");

        assertThat(host.json().findValuesAsText("id")).containsExactly("abcdef03", "zzzzzz04");
    }

    @Test
    void list_incoming_saysHowToAccept() {
        TestHost host = host();

        assertThat(host.run("invitations", "--incoming")).isZero();
        assertThat(host.out()).contains("The Lab", "Bob", "claudemesh join " + server.url() + "/i/abcd2345efgh");
    }

    @Test
    void revoke_prefix_withdrawsTheOne() {
        TestHost host = host();

        assertThat(host.run("invite", "revoke", "zzzzzz", "--json")).isZero();

        assertThat(deleted).containsExactly("zzzzzz04");
        assertThat(host.json().path("revoked").asText()).isEqualTo("zzzzzz04");
    }

    @Test
    void revoke_ambiguousShortOrUnknown_withdrawsNothing() {
        TestHost host = host();

        assertThat(host.run("invitation", "revoke", "abcdef")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("invitation", "revoke", "abc")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.run("invitation", "revoke", "nothing")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(deleted).isEmpty();
    }

    @Test
    void decline_waiting_isSaidToTheServer() {
        TestHost host = host();

        assertThat(host.run("invitation", "decline", "pending1")).isZero();
        assertThat(host.run("invitation", "decline", "pending2")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void list_notSignedIn_error() {
        assertThat(new TestHost(home).run("invitations")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
    }
}

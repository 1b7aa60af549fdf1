package com.claudemesh.cli.mesh;

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
import com.claudemesh.protocol.crypto.token.SyncToken;
import com.claudemesh.protocol.crypto.token.SyncToken.MeshGrant;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncCommandTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final AccountServer server = new AccountServer();
    private final AtomicInteger members = new AtomicInteger();

    @TempDir
    Path home;

    @BeforeEach
    void serveSync() {
        server.on("POST", "/cli-sync", this::sync);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** As the real server answers: a member for each mesh of a token that it has signed. */
    private Reply sync(Request request) {
        long now = TestHost.NOW.getEpochSecond();
        SyncToken.Result result =
                SyncToken.verify(request.body().path("sync_token").asText(), SECRET, now, id -> !id.equals("used"));
        if (result instanceof SyncToken.Result.Refused refused) {
            return new Reply(
                    400, Output.object().put("ok", false).put("error", "sync token invalid: " + refused.reason()));
        }
        SyncToken token = ((SyncToken.Result.Accepted) result).token();
        ObjectNode body = Output.object().put("ok", true).put("account_id", token.accountId());
        var rows = body.putArray("meshes");
        token.meshes()
                .forEach(mesh -> rows.addObject()
                        .put("mesh_id", mesh.id())
                        .put("slug", mesh.slug())
                        .put("broker_url", server.brokerUrl())
                        .put("member_id", "member" + members.incrementAndGet())
                        .put("role", mesh.role()));
        return Reply.ok(body);
    }

    private static String token(String tokenId, String account, String... slugs) {
        List<MeshGrant> meshes = Stream.of(slugs)
                .map(slug -> new MeshGrant("mesh-" + slug, slug, "member"))
                .toList();
        long now = TestHost.NOW.getEpochSecond();
        return new SyncToken(account, "ada@example.org", meshes, "sync", null, tokenId, now, now + 900).issue(SECRET);
    }

    private TestHost host() {
        return new TestHost(home).with("CLAUDEMESH_BROKER_URL", server.brokerUrl());
    }

    /** A browser whose person approves at once: the page sends it back to the waiting command. */
    private TestHost withBrowser(TestHost host, String callback) throws IOException {
        Path browser = home.resolve("browser");
        Files.writeString(browser, """
                #!/bin/sh
                port=$(printf '%%s' "$1" | sed 's/.*port=\\([0-9]*\\).*/\\1/')
                code=$(printf '%%s' "$1" | sed 's/.*code=\\([A-Za-z0-9]*\\).*/\\1/')
                curl -s -o /dev/null "http://127.0.0.1:$port/callback?%s"
                """.formatted(callback));
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
        return host.with("BROWSER", browser.toString());
    }

    @Test
    void call_typedToken_addsTheMeshes() {
        TestHost host = host().withInput(token("t1", "acc1", "crew", "lab") + "\n");

        assertThat(host.run("sync", "--json")).isZero();

        assertThat(host.json().toString())
                .isEqualTo("{\"schema_version\":\"1.0\",\"added\":[\"crew\",\"lab\"],\"total\":2}");
        assertThat(host.config().memberships()).extracting(Membership::memberId).containsExactly("member1", "member2");
    }

    @Test
    void call_browserWithThePairingCode_bringsTheToken() throws IOException {
        TestHost host = withBrowser(host(), "state=$code&token=" + token("t1", "acc1", "crew"));

        assertThat(host.run("sync")).isZero();

        assertThat(host.config().membership("crew")).isPresent();
        assertThat(host.err()).contains(server.url() + "/cli-auth?port=", "&action=sync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=zz11&token=", "token="})
    void call_browserWithoutThePairingCode_bringsNothing(String callback) throws IOException {
        TestHost host = withBrowser(host(), callback + token("t1", "acc1", "evil"))
                .withInput(token("t2", "acc1", "crew") + "\n");

        assertThat(host.run("sync")).isZero();

        assertThat(host.config().memberships()).extracting(Membership::slug).containsExactly("crew");
    }

    @Test
    void call_tokenOfAnotherAccount_isRefused() {
        TestHost host = host().withInput(token("t1", "mallory", "evil") + "\n");
        server.signIn(host);

        assertThat(host.run("sync", "--json")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);

        assertThat(host.json().path("error").asText()).isEqualTo("other_account");
        assertThat(host.config().memberships()).isEmpty();
        assertThat(server.bodiesTo("/cli-sync")).isEmpty();
    }

    @Test
    void call_everythingJoined_asksNobody() {
        TestHost host = host().withInput(token("t1", "acc1", "crew") + "\n");
        host.joined("crew");

        assertThat(host.run("sync", "--json")).isZero();

        assertThat(host.json().path("added")).isEmpty();
        assertThat(server.bodiesTo("/cli-sync")).isEmpty();
    }

    @Test
    void call_someJoined_lendsTheirKeySoThatNoSecondMemberIsMade() {
        TestHost host = host().withInput(token("t1", "acc1", "crew", "lab") + "\n");
        Membership crew = host.joined("crew");

        host.run("sync");

        assertThat(server.bodiesTo("/cli-sync").get(0).path("peer_pubkey").asText())
                .isEqualTo(crew.pubkey());
        assertThat(host.config().membership("crew").orElseThrow().memberId()).isEqualTo(crew.memberId());
        assertThat(host.config().membership("lab").orElseThrow().pubkey()).isEqualTo(crew.pubkey());
    }

    @Test
    void call_typedToken_provesThatTheKeyIsHeldHere() {
        String token = token("t1", "acc1", "crew");

        host().withInput(token + "\n").run("sync");

        JsonNode body = server.bodiesTo("/cli-sync").get(0);
        String key = body.path("peer_pubkey").asText();
        String proof = "claudemesh-sync|" + Digests.sha256Hex(token) + "|" + key;
        assertThat(Signatures.verify(proof, body.path("signature").asText(), key))
                .isTrue();
    }

    @Test
    void call_force_makesNewKeys() {
        TestHost host = host().withInput(token("t1", "acc1", "crew") + "\n");
        Membership crew = host.joined("crew");

        assertThat(host.run("sync", "--force")).isZero();

        Membership renewed = host.config().membership("crew").orElseThrow();
        assertThat(renewed.pubkey()).isNotEqualTo(crew.pubkey());
        assertThat(renewed.memberId()).isEqualTo("member1");
    }

    @Test
    void call_usedToken_saysSo() {
        TestHost host = host().withInput(token("used", "acc1", "crew") + "\n");

        assertThat(host.run("sync")).isEqualTo(ExitCode.AUTHENTICATION_FAILED);
        assertThat(host.err()).contains("token already used");
    }

    @Test
    void call_account_isRemembered() throws IOException {
        TestHost host = host().withInput(token("t1", "acc1", "crew") + "\n");

        host.run("sync");

        String config = Files.readString(home.resolve(".claudemesh/config.json"));
        assertThat(JsonReader.read(config).orElseThrow().path("accountId").asText())
                .isEqualTo("acc1");
    }
}

package com.claudemesh.cli.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinCommandTest {
    private static final String LINK = "http://127.0.0.1:9/i/abc12345";

    @TempDir
    Path home;

    @Test
    void call_link_storesMembershipWithMatchingKeysAndRootKey() {
        TestHost host = new TestHost(home);

        assertThat(host.run("join", LINK)).isZero();

        Membership mesh = host.config().membership("crew").orElseThrow();
        assertThat(SigningKeyPair.fromSecretHex(mesh.secretKey()).publicHex()).isEqualTo(mesh.pubkey());
        assertThat(mesh.rootKey()).isNotEmpty();
        assertThat(mesh.memberId()).isEqualTo("member-1");
    }

    @Test
    void call_link_keepsTheInvitationPrivate() {
        new TestHost(home).run("join", LINK);

        assertThat(PrivateFiles.mode(home.resolve(".claudemesh/invite-crew.txt")))
                .contains("rw-------");
    }

    @Test
    void call_json_namesTheMembership() {
        TestHost host = new TestHost(home);

        host.run("join", "--json", LINK);

        assertThat(host.json().fieldNames())
                .toIterable()
                .containsExactly("schema_version", "slug", "mesh_id", "member_id", "pubkey", "already_member");
    }

    @Test
    void call_secondTime_keepsTheFirstKey() {
        TestHost host = new TestHost(home);
        host.run("join", LINK);
        String key = host.config().memberships().get(0).pubkey();

        assertThat(host.run("join", "--json", LINK)).isZero();

        assertThat(host.json().path("already_member").asBoolean()).isTrue();
        assertThat(host.config().memberships()).extracting(Membership::pubkey).containsExactly(key);
        assertThat(host.invites().enrolled()).hasSize(1);
    }

    @Test
    void call_joinedSlug_asksNobody() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        assertThat(host.run("join", "crew")).isZero();
        assertThat(host.invites().asked()).isEmpty();
    }

    @Test
    void call_name_isUsedHereAndLater() {
        TestHost host = new TestHost(home);

        host.run("join", LINK, "--name", "Ada");

        assertThat(host.invites().enrolled().get(0).displayName()).isEqualTo("Ada");
        assertThat(host.config().displayName()).contains("Ada");
    }

    @Test
    void call_noName_usesTheLoginName() {
        TestHost host = new TestHost(home);

        host.run("join", LINK);

        assertThat(host.invites().enrolled().get(0).displayName()).isEqualTo("carol");
    }

    @Test
    void call_otherMeshOfTheSameSlug_getsItsOwn() {
        TestHost host = new TestHost(home);
        host.joined("crew");

        host.run("join", LINK);

        assertThat(host.config().memberships()).extracting(Membership::slug).containsExactly("crew", "crew-2");
    }

    @Test
    void call_expiredInvite_error() {
        TestHost host = new TestHost(home);
        host.invites().offer(host.invites().signed("mesh-1", "crew", TestHost.NOW.getEpochSecond()));

        assertThat(host.run("join", "--json", LINK)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.json().path("error").asText()).isEqualTo("invite_expired");
        assertThat(host.invites().enrolled()).isEmpty();
    }

    @Test
    void call_forgedInvite_error() {
        TestHost host = new TestHost(home);
        InviteV1 genuine = host.invites().signed("mesh-1", "crew", TestHost.NOW.getEpochSecond() + 60);
        host.invites()
                .offer(new InviteV1(
                        "another-mesh",
                        genuine.meshSlug(),
                        genuine.brokerUrl(),
                        genuine.expiresAtSeconds(),
                        genuine.meshRootKey(),
                        genuine.role(),
                        genuine.ownerPubkey(),
                        genuine.signature()));

        assertThat(host.run("join", "--json", LINK)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.json().path("error").asText()).isEqualTo("invite_bad_signature");
    }

    @Test
    void call_noInvitation_error() {
        assertThat(new TestHost(home).run("join")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
    }

    @Test
    void call_appLink_asksTheConfiguredServer() {
        TestHost host = new TestHost(home).with("CLAUDEMESH_APP_URL", "http://127.0.0.1:9/");

        host.run("join", "claudemesh://abc12345");

        assertThat(host.invites().asked()).containsExactly("http://127.0.0.1:9/i/abc12345");
    }
}

package com.claudemesh.cli.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.testing.TestHost;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyList;
import com.claudemesh.protocol.frame.ApiKeyListResponse;
import com.claudemesh.protocol.frame.ApiKeyListResponse.Key;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyCommandsTest {
    private static final List<ApiKeyCapability> READ = List.of(ApiKeyCapability.READ);

    @TempDir
    Path home;

    private TestHost host() {
        TestHost host = new TestHost(home);
        host.joined("crew");
        host.meshes()
                .answers(
                        ApiKeyCreate.class,
                        new ApiKeyCreated(
                                "keyid1", "cm_secret", "ci", "cm_secretxx", READ, null, "2026-03-01T12:00:00.000Z"));
        return host;
    }

    private static Key key(String label, String expiresAt, String revokedAt) {
        return new Key(
                "id-" + label,
                label,
                "cm_" + label,
                READ,
                List.of("deploys"),
                "2026-01-01T00:00:00.000Z",
                null,
                revokedAt,
                expiresAt);
    }

    @Test
    void create_label_showsTheSecretOnce() {
        TestHost host = host();

        assertThat(host.run("apikey", "create", "ci", "--json")).isZero();

        assertThat(host.json().path("secret").asText()).isEqualTo("cm_secret");
        assertThat(host.meshes().asked())
                .containsExactly(
                        new ApiKeyCreate("ci", List.of(ApiKeyCapability.SEND, ApiKeyCapability.READ), null, null));
    }

    @Test
    void create_options_reachTheServer() {
        TestHost host = host();

        host.run("apikey", "create", "ci", "--cap", "read,admin", "--topic", "#a, b", "--expires", "30d");

        assertThat(host.meshes().asked())
                .containsExactly(new ApiKeyCreate(
                        "ci",
                        List.of(ApiKeyCapability.READ, ApiKeyCapability.ADMIN),
                        List.of("a", "b"),
                        "2026-03-31T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cap=fly", "--cap=", "--expires=soon"})
    void create_badOption_asksNobody(String option) {
        TestHost host = host();

        assertThat(host.run("apikey", "create", "ci", option)).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }

    @Test
    void create_notAllowed_exitCode7() {
        TestHost host = host();
        host.meshes().refuses(ApiKeyCreate.class, new CliException(ExitCode.PERMISSION_DENIED, "forbidden", "no", ""));

        assertThat(host.run("apikey", "create", "ci")).isEqualTo(ExitCode.PERMISSION_DENIED);
    }

    @Test
    void list_keys_saysWhichStillWork() {
        TestHost host = host();
        host.meshes()
                .answers(
                        ApiKeyList.class,
                        new ApiKeyListResponse(List.of(
                                key("live", "2027-01-01T00:00:00.000Z", null),
                                key("old", "2026-02-01T00:00:00.000Z", null),
                                key("gone", null, "2026-02-01T00:00:00.000Z"))));

        assertThat(host.run("apikey", "list")).isZero();

        assertThat(host.out())
                .containsPattern("live +active")
                .containsPattern("old +expired")
                .containsPattern("gone +revoked")
                .contains("#deploys");
    }

    @Test
    void revoke_known_namesTheKey() {
        TestHost host = host();
        host.meshes().answers(ApiKeyRevoke.class, ApiKeyRevokeResponse.revoked("keyid1abc"));

        assertThat(host.run("api-key", "revoke", "keyid1", "--json")).isZero();
        assertThat(host.json().path("revoked").asText()).isEqualTo("keyid1abc");
    }

    @Test
    void revoke_unknownOrAmbiguous_error() {
        TestHost host = host();
        host.meshes().answers(ApiKeyRevoke.class, ApiKeyRevokeResponse.notFound());
        assertThat(host.run("apikey", "revoke", "keyid1")).isEqualTo(ExitCode.NOT_FOUND);

        host.meshes().answers(ApiKeyRevoke.class, ApiKeyRevokeResponse.notUnique(2));
        assertThat(host.run("apikey", "revoke", "keyid1", "--json")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.json().path("error").asText()).isEqualTo("not_unique");
    }

    @Test
    void revoke_shortPrefix_asksNobody() {
        TestHost host = host();

        assertThat(host.run("apikey", "revoke", "ke")).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.meshes().asked()).isEmpty();
    }
}

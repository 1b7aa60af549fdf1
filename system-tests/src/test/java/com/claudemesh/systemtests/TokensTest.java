package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.TestMesh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Personal access tokens, API keys, and what no credential opens. */
@ResourceLock(SignInServer.NAME)
class TokensTest {
    private static SignInServer place;
    private static Server server;
    private static TestMesh mesh;

    @BeforeAll
    static void start() {
        place = SignInServer.shared();
        server = place.server();
        mesh = TestMesh.with(server, 3);
    }

    @Test
    void personalToken_madeInABrowser_worksUntilItIsRevoked() throws Exception {
        Browser browser = place.signedIn(place.newPerson());
        JsonNode made = Browser.json(browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"deploy\",\"days\":7}"));
        String token = made.path("token").asText();
        assertThat(token).startsWith("cm_pat_");
        assertThat(get("/api/my/profile", token).statusCode()).isEqualTo(200);
        assertThat(get("/api/auth/tokens", token).body()).contains("deploy").doesNotContain(token);

        browser.callJson("DELETE", "/api/auth/tokens/" + made.path("id").asText(), "");

        HttpResponse<String> after = get("/api/my/profile", token);
        assertThat(after.statusCode()).isEqualTo(401);
        assertThat(Browser.json(after).path("code").asText()).isEqualTo("error.unauthorized");
    }

    @Test
    void personalToken_badNameOrLife_namesTheField() throws Exception {
        Browser browser = place.signedIn(place.newPerson());

        HttpResponse<String> name = browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"a\\u202eb\",\"days\":7}");
        HttpResponse<String> days = browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"ok\",\"days\":9999}");

        assertThat(name.statusCode()).isEqualTo(422);
        assertThat(Browser.json(name).path("field").asText()).isEqualTo("name");
        assertThat(Browser.json(days).path("field").asText()).isEqualTo("days");
    }

    @Test
    void personalToken_makingAnother_isRefused() throws Exception {
        String token = personalToken(place.signedIn(place.newPerson()));

        assertThat(server.post("/api/auth/tokens", "{\"name\":\"x\"}", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(403);
    }

    static Stream<Arguments> protectedRoutes() {
        return Stream.of(
                Arguments.of("GET", "/api/my/profile", 401, 200, 403),
                Arguments.of("GET", "/cli/sessions", 401, 200, 403),
                Arguments.of("GET", "/cli/sessions?user_id=somebody", 401, 403, 403),
                Arguments.of("GET", "/api/auth/tokens", 401, 200, 403),
                Arguments.of("GET", "/api/auth/sessions", 401, 403, 403),
                Arguments.of("POST", "/api/auth/sign-out-everywhere", 401, 403, 403),
                Arguments.of("POST", "/api/auth/password", 401, 403, 403),
                Arguments.of("POST", "/cli/token", 401, 403, 403),
                Arguments.of("POST", "/cli/device-code/ABCD-EFGH/approve", 401, 403, 403),
                Arguments.of("GET", "/api/admin/users", 401, 403, 200),
                Arguments.of("POST", "/api/admin/users", 401, 403, 422),
                Arguments.of("POST", "/api/admin/users/x/reset-link", 401, 403, 404),
                Arguments.of("POST", "/cli/mesh/create", 401, 400, 400),
                Arguments.of("POST", "/cli/mesh/home/invite", 401, 403, 200),
                Arguments.of("POST", "/cli/mesh/home/grants", 401, 400, 400));
    }

    /** What nobody, an ordinary person's token, and the operator get. */
    @ParameterizedTest
    @MethodSource("protectedRoutes")
    void route_eachCredential_opensWhatItShould(String method, String path, int nobody, int person, int operator)
            throws Exception {
        String token = personalToken(place.signedIn(place.newPerson()));

        assertThat(call(method, path, null)).as("nobody").isEqualTo(nobody);
        assertThat(call(method, path, "cm_pat_" + "A".repeat(52)))
                .as("invented token")
                .isEqualTo(nobody);
        assertThat(call(method, path, token)).as("person").isEqualTo(person);
        assertThat(call(method, path, server.operatorToken())).as("operator").isEqualTo(operator);
    }

    @Test
    void bearer_forms_areRefusedInTheProtocolsWords() throws Exception {
        assertThat(server.post("/cli/mesh/create", "{}").body()).contains("missing_bearer_token");
        assertThat(server.post("/cli/mesh/create", "{}", "Authorization", "Bearer ")
                        .body())
                .contains("_bearer_token");
        assertThat(server.post("/cli/mesh/create", "{}", "Authorization", "Bearer nonsense")
                        .body())
                .contains("invalid_or_revoked_token");
    }

    @Test
    void apiKey_administrator_createsListsAndRevokes() {
        try (RawPeer admin = RawPeer.connect(server, mesh.member(0))) {
            JsonNode created = admin.request(keyRequest("ci"));
            assertThat(created.path("type").asText()).isEqualTo("apikey_created");
            assertThat(created.path("secret").asText()).hasSize(46).startsWith("cm_");
            assertThat(created.path("prefix").asText())
                    .isEqualTo(created.path("secret").asText().substring(0, 11));
            assertThat(created.has("topicScopes")).isTrue();

            JsonNode listed = admin.request(RawPeer.frame("apikey_list"));
            assertThat(listed.path("keys").toString())
                    .contains(created.path("id").asText())
                    .doesNotContain(created.path("secret").asText());

            JsonNode revoked = admin.request(RawPeer.frame("apikey_revoke")
                    .put("id", created.path("id").asText().substring(0, 8)));
            assertThat(revoked.path("status").asText()).isEqualTo("revoked");
            assertThat(revoked.path("id").asText()).isEqualTo(created.path("id").asText());
        }
    }

    @Test
    void apiKey_ordinaryMember_isForbidden() {
        try (RawPeer member = RawPeer.connect(server, mesh.member(1))) {
            for (ObjectNode frame : new ObjectNode[] {
                keyRequest("mine"),
                RawPeer.frame("apikey_list"),
                RawPeer.frame("apikey_revoke").put("id", "abcdefgh")
            }) {
                JsonNode answer = member.request(frame);
                assertThat(answer.path("type").asText()).isEqualTo("error");
                assertThat(answer.path("code").asText()).isEqualTo("forbidden");
            }
        }
    }

    @Test
    void apiKey_badArguments_nameTheField() {
        try (RawPeer admin = RawPeer.connect(server, mesh.member(0))) {
            assertThat(admin.request(keyRequest("")).path("message").asText()).startsWith("label");
            ObjectNode none = keyRequest("x");
            none.putArray("capabilities");
            assertThat(admin.request(none).path("message").asText()).startsWith("capabilities");
            ObjectNode unknown = keyRequest("x");
            unknown.putArray("capabilities").add("everything");
            assertThat(admin.request(unknown).path("message").asText()).startsWith("capabilities");
            ObjectNode past = keyRequest("x").put("expiresAt", "2020-01-01T00:00:00.000Z");
            assertThat(admin.request(past).path("message").asText()).startsWith("expiresAt");
            JsonNode wildcard = admin.request(RawPeer.frame("apikey_revoke").put("id", "%%%%%%%%"));
            assertThat(wildcard.path("status").asText()).isEqualTo("not_found");
        }
    }

    @Test
    void apiKey_issuedAndRevoked_isInTheAuditRecord() {
        try (RawPeer admin = RawPeer.connect(server, mesh.member(0))) {
            String id = admin.request(keyRequest("audited")).path("id").asText();
            admin.request(RawPeer.frame("apikey_revoke").put("id", id));

            JsonNode record = admin.request(RawPeer.frame("audit_query"));

            assertThat(record.path("entries").get(0).path("eventType").asText()).isEqualTo("apikey_revoked");
            assertThat(record.path("entries").get(1).path("eventType").asText()).isEqualTo("apikey_created");
            assertThat(record.path("entries")
                            .get(1)
                            .path("payload")
                            .path("keyId")
                            .asText())
                    .isEqualTo(id);
        }
    }

    private static ObjectNode keyRequest(String label) {
        ObjectNode frame = RawPeer.frame("apikey_create").put("label", label);
        frame.putArray("capabilities").add("read").add("send");
        return frame;
    }

    private static String personalToken(Browser browser) {
        return Browser.json(browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"test\"}"))
                .path("token")
                .asText();
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return server.get(path, "Authorization", "Bearer " + token);
    }

    private static int call(String method, String path, String token) throws IOException, InterruptedException {
        String[] headers = token == null ? new String[0] : new String[] {"Authorization", "Bearer " + token};
        return method.equals("GET")
                ? server.get(path, headers).statusCode()
                : server.post(path, "{}", headers).statusCode();
    }
}

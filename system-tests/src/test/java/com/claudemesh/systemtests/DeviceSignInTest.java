package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Sign-in of an unmodified command line (HTTP §3.8, §15). */
@ResourceLock(SignInServer.NAME)
class DeviceSignInTest {
    private static SignInServer place;
    private static Server server;

    @BeforeAll
    static void start() {
        place = SignInServer.shared();
        server = place.server();
    }

    @Test
    void login_approvedOnThePage_handsTheTokenOutOnce() throws Exception {
        String email = place.newPerson();
        Browser browser = place.signedIn(email);
        JsonNode started = begin();
        String page = "/cli-auth?session=" + started.path("session_id").asText();

        HttpResponse<String> shown = browser.get(page);
        assertThat(shown.body()).contains(started.path("user_code").asText(), "laptop", "Approve", "Deny");
        assertThat(poll(started).path("status").asText()).isEqualTo("pending");

        decide(browser, page, started.path("session_id").asText(), "approve");
        JsonNode approved = poll(started);

        assertThat(approved.path("status").asText()).isEqualTo("approved");
        assertThat(approved.path("user").path("email").asText()).isEqualTo(email);
        String token = approved.path("session_token").asText();
        assertThat(token.split("\\.")).hasSize(3);
        assertThat(poll(started).path("status").asText()).isEqualTo("consumed");
        assertThat(profile(token).statusCode()).isEqualTo(200);
        assertThat(Browser.json(profile(token)).path("email").asText()).isEqualTo(email);
    }

    @Test
    void page_openedBySomebodyWhoIsNotSignedIn_leadsToSignInAndBack() throws Exception {
        JsonNode started = begin();
        String page = "/cli-auth?session=" + started.path("session_id").asText();

        HttpResponse<String> answer = new Browser(server).get(page);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .contains("/auth/login?return=%2Fcli-auth%3Fsession%3D");
    }

    @Test
    void page_openedAnyNumberOfTimes_approvesNothing() throws Exception {
        Browser browser = place.signedIn(place.newPerson());
        JsonNode started = begin();

        browser.get("/cli-auth?session=" + started.path("session_id").asText());
        browser.get("/cli-auth?code=" + started.path("user_code").asText());
        browser.get("/cli-auth?session=" + started.path("session_id").asText() + "&answer=approve");

        assertThat(poll(started).path("status").asText()).isEqualTo("pending");
    }

    @Test
    void login_denied_saysSo() throws Exception {
        Browser browser = place.signedIn(place.newPerson());
        JsonNode started = begin();
        String code = started.path("user_code").asText();

        decide(browser, "/cli-auth?code=" + code, code, "deny");

        assertThat(poll(started).path("status").asText()).isEqualTo("denied");
    }

    @Test
    void approve_withoutSignIn_isRefusedWhateverTheBodyClaims() throws Exception {
        String victim = place.newPerson();
        JsonNode started = begin();
        String body = "{\"user_id\":\"anybody\",\"email\":\"" + victim + "\"}";

        for (String code : new String[] {
            started.path("session_id").asText(), started.path("user_code").asText()
        }) {
            HttpResponse<String> answer = server.post("/cli/device-code/" + code + "/approve", body);
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(server.post("/cli/token", body).statusCode()).isEqualTo(401);
        assertThat(server.post("/api/auth/cli/token", body).statusCode()).isEqualTo(401);
        assertThat(poll(started).path("status").asText()).isEqualTo("pending");
    }

    @Test
    void approve_byScriptOfOurPage_isForWhoeverIsSignedIn() throws Exception {
        String email = place.newPerson();
        Browser browser = place.signedIn(email);
        JsonNode started = begin();

        HttpResponse<String> answer = browser.callJson(
                "POST",
                "/api/auth/cli/device-code/approve-by-user-code",
                "{\"user_code\":\"" + started.path("user_code").asText()
                        + "\",\"user_id\":\"somebody-else\",\"email\":\"root@example.org\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(poll(started).path("user").path("email").asText()).isEqualTo(email);
    }

    @Test
    void approve_withABearerToken_isRefused() throws Exception {
        String token = signedInToken(place.signedIn(place.newPerson()));
        JsonNode started = begin();

        HttpResponse<String> answer = server.post(
                "/cli/device-code/" + started.path("session_id").asText() + "/approve",
                "{}",
                "Authorization",
                "Bearer " + token);

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void approve_manyWrongCodes_hasToWait() throws Exception {
        Browser browser = place.signedIn(place.newPerson());
        JsonNode started = begin();

        for (int i = 0; i < 5; i++) {
            assertThat(browser.get("/cli-auth?code=WRNG-222" + i).statusCode()).isEqualTo(404);
        }

        assertThat(browser.get("/cli-auth?code=" + started.path("user_code").asText())
                        .statusCode())
                .isEqualTo(429);
    }

    @Test
    void poll_racedAfterApproval_handsTheTokenOutOnce() throws Exception {
        Browser browser = place.signedIn(place.newPerson());
        JsonNode started = begin();
        String session = started.path("session_id").asText();
        decide(browser, "/cli-auth?session=" + session, session, "approve");

        long approved = IntStream.range(0, 12)
                .parallel()
                .filter(i -> poll(started).path("status").asText().equals("approved"))
                .count();

        assertThat(approved).isEqualTo(1);
    }

    @Test
    void poll_unknownCode_isExpired() throws Exception {
        assertThat(Browser.json(server.get("/cli/device-code/AAAAAAAAAAAAAAAA?x=1"))
                        .path("status")
                        .asText())
                .isEqualTo("expired");
    }

    @Test
    void start_unreadableBody_isAsGoodAsNone() throws Exception {
        assertThat(server.post("/cli/device-code", "{{{{").statusCode()).isEqualTo(200);
        assertThat(server.post("/cli/device-code", "").statusCode()).isEqualTo(200);
        assertThat(server.post("/cli/device-code", "\"" + "x".repeat(20_000) + "\"")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void logout_revokesTheToken() throws Exception {
        String token = signedInToken(place.signedIn(place.newPerson()));

        HttpResponse<String> first = server.post("/cli/session/revoke", "{\"token\":\"" + token + "\"}");
        HttpResponse<String> second = server.post("/cli/session/revoke", "{\"token\":\"" + token + "\"}");

        assertThat(Browser.json(first).path("found").asBoolean()).isTrue();
        assertThat(Browser.json(second).path("found").asBoolean()).isFalse();
        assertThat(profile(token).statusCode()).isEqualTo(401);
        assertThat(server.post("/cli/session/revoke", "{}").statusCode()).isEqualTo(400);
    }

    private static JsonNode begin() throws IOException, InterruptedException {
        JsonNode started = Browser.json(
                server.post("/cli/device-code", "{\"hostname\":\"laptop\",\"platform\":\"linux\",\"arch\":\"x64\"}"));
        assertThat(started.path("verification_url").asText()).endsWith("/cli-auth");
        return started;
    }

    private static JsonNode poll(JsonNode started) {
        try {
            return Browser.json(
                    server.get("/cli/device-code/" + started.path("device_code").asText()));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void decide(Browser browser, String page, String code, String answer) {
        HttpResponse<String> done = browser.submit(page, "/cli-auth", Map.of("code", code, "answer", answer));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    }

    private static String signedInToken(Browser browser) throws IOException, InterruptedException {
        JsonNode started = begin();
        String session = started.path("session_id").asText();
        decide(browser, "/cli-auth?session=" + session, session, "approve");
        return poll(started).path("session_token").asText();
    }

    private static HttpResponse<String> profile(String token) throws IOException, InterruptedException {
        return server.get("/api/my/profile", "Authorization", "Bearer " + token);
    }
}

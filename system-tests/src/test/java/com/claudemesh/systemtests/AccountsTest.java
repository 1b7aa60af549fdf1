package com.claudemesh.systemtests;

import static com.claudemesh.systemtests.harness.SignInServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.SignInServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Accounts as people meet them: pages, mails, cookies. */
@ResourceLock(SignInServer.NAME)
class AccountsTest {
    private static SignInServer place;

    @BeforeAll
    static void start() {
        place = SignInServer.shared();
    }

    @Test
    void firstAdministratorsLink_used_worksOnce() throws Exception {
        Browser admin = place.administrator();

        assertThat(admin.get("/account").body()).contains("administrator");
        assertThat(new Browser(place.server())
                        .get("/sign-in/" + place.firstLink())
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void signIn_knownAndUnknownAddress_isTheSameAnswer() throws Exception {
        String email = place.newPerson();
        Browser browser = new Browser(place.server());

        HttpResponse<String> known = browser.signIn(email, "wrong horse battery");
        HttpResponse<String> unknown = browser.signIn("nobody@example.org", "wrong horse battery");

        assertThat(known.statusCode()).isEqualTo(403);
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.body().replace("nobody@example.org", email)).isEqualTo(known.body());
    }

    @Test
    void signIn_tooManyWrongPasswords_isThrottled() throws Exception {
        String email = place.newPerson();
        Browser browser = new Browser(place.server());
        for (int i = 0; i < 5; i++) {
            browser.signIn(email, "wrong horse battery");
        }

        assertThat(browser.signIn(email, PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void signIn_cookie_isOutOfReachOfScriptsAndForeignPages() throws Exception {
        HttpResponse<String> answer = new Browser(place.server()).signIn(place.newPerson(), PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/account");
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("cm_session=")
                        .containsIgnoringCase("HttpOnly")
                        .containsIgnoringCase("SameSite=Lax"));
    }

    @Test
    void signIn_returnElsewhere_staysHere() throws Exception {
        HttpResponse<String> answer = new Browser(place.server())
                .submit(
                        "/auth/login",
                        "/auth/login",
                        Map.of("email", place.newPerson(), "password", PASSWORD, "return", "//evil.example"));

        assertThat(URI.create(answer.headers().firstValue("Location").orElseThrow())
                        .getPath())
                .isEqualTo("/account");
    }

    @Test
    void form_withoutItsToken_isRefusedAndChangesNothing() throws Exception {
        Browser browser = place.signedIn(place.newPerson());

        HttpResponse<String> forged = browser.post("/account/sign-out-everywhere", Map.of(), browser.origin());
        HttpResponse<String> guessed =
                browser.post("/account/sign-out-everywhere", Map.of("csrf", "x"), browser.origin());

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(guessed.statusCode()).isEqualTo(403);
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    void post_fromAForeignPage_isRefusedWhateverItsType() throws Exception {
        Browser browser = place.signedIn(place.newPerson());

        for (String type : List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
            for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1.evil.example")) {
                assertThat(browser.callForged("/api/auth/sign-out-everywhere", type, "{}", origin)
                                .statusCode())
                        .as(type + " from " + origin)
                        .isEqualTo(403);
            }
        }
        assertThat(browser.callForged("/api/auth/sign-out-everywhere", "application/json", "{}", browser.origin())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    void signInForm_fromAForeignPage_isRefused() throws Exception {
        Browser browser = new Browser(place.server());

        HttpResponse<String> answer = browser.post(
                "/auth/login", Map.of("email", place.newPerson(), "password", PASSWORD), "https://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void forgottenPassword_mailedLink_setsANewOneAndEndsOldSessions() throws Exception {
        String email = place.newPerson();
        Browser before = place.signedIn(email);
        String earlier = place.mailedLink(email);
        new Browser(place.server()).submit("/auth/forgot", "/auth/forgot", Map.of("email", email));
        String link =
                com.claudemesh.systemtests.harness.Waiting.until("a new link", java.time.Duration.ofSeconds(90), () -> {
                    String newest = place.mailedLink(email);
                    return newest.equals(earlier) ? null : "/sign-in/" + newest;
                });

        HttpResponse<String> done = new Browser(place.server())
                .submit(link, link, Map.of("password", "another long passphrase", "again", "another long passphrase"));

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(before.isSignedIn()).isFalse();
        assertThat(new Browser(place.server()).signIn(email, PASSWORD).statusCode())
                .isEqualTo(403);
        assertThat(new Browser(place.server()).get(link).statusCode()).isEqualTo(410);
    }

    @Test
    void forgottenPassword_knownAndUnknownAddress_isTheSamePage() throws Exception {
        String email = place.newPerson();
        Browser browser = new Browser(place.server());

        HttpResponse<String> known = browser.submit("/auth/forgot", "/auth/forgot", Map.of("email", email));
        HttpResponse<String> unknown =
                browser.submit("/auth/forgot", "/auth/forgot", Map.of("email", "stranger@example.org"));

        assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(200);
        assertThat(known.body()).isEqualTo(unknown.body());
        assertThat(place.mailsTo("stranger@example.org")).isZero();
    }

    @Test
    void signOutEverywhere_otherBrowser_isSignedOutAtOnce() throws Exception {
        String email = place.newPerson();
        Browser here = place.signedIn(email);
        Browser there = place.signedIn(email);

        here.submit("/account", "/account/sign-out-everywhere", Map.of());

        assertThat(here.isSignedIn()).isFalse();
        assertThat(there.isSignedIn()).isFalse();
    }

    @Test
    void singleSignOn_wholeFlow_signsInAndReturns() throws Exception {
        place.provider()
                .signIn(Map.of("sub", "sso-1", "email", "sso@example.org", "email_verified", true, "name", "Sso User"));
        Browser browser = new Browser(place.server());

        HttpResponse<String> toProvider = browser.get("/auth/oidc?return=%2Ftoken");
        URI back = place.provider()
                .visit(URI.create(toProvider.headers().firstValue("Location").orElseThrow()));
        HttpResponse<String> home = browser.get(back.toString());

        assertThat(home.statusCode()).as(home.body()).isEqualTo(303);
        assertThat(home.headers().firstValue("Location").orElseThrow()).endsWith("/token");
        assertThat(browser.get("/account").body()).contains("Sso User", "sso@example.org");
    }

    @Test
    void singleSignOn_callbackInAnotherBrowser_isRefused() throws Exception {
        place.provider().signIn(Map.of("sub", "sso-2", "name", "Victim"));
        HttpResponse<String> toProvider = new Browser(place.server()).get("/auth/oidc");
        URI back = place.provider()
                .visit(URI.create(toProvider.headers().firstValue("Location").orElseThrow()));

        Browser other = new Browser(place.server());

        assertThat(other.get(back.toString()).statusCode()).isEqualTo(400);
        assertThat(other.isSignedIn()).isFalse();
    }

    @Test
    void pages_all_forbidScriptsAndFrames() {
        HttpResponse<String> page = new Browser(place.server()).get("/auth/login");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(page.body()).doesNotContain("<script");
    }

    @Test
    void pages_style_isThereUnderTheAddressThatPagesName() {
        Browser browser = new Browser(place.server());
        String page = browser.get("/auth/login").body();
        String address = page.replaceAll("(?s)^.*<link rel=\"stylesheet\" href=\"|\">.*$", "");

        HttpResponse<String> style = browser.get(address);

        assertThat(address).matches("/assets/style\\.css\\?v=[0-9a-f]{12}");
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Content-Type")).contains("text/css;charset=utf-8");
    }

    @Test
    void pages_unknown_areAPageForBrowsersAndTheProtocolsTextForOthers() throws Exception {
        HttpResponse<String> page = place.server().get("/nowhere", "Accept", "text/html,*/*;q=0.8");
        HttpResponse<String> route = place.server().get("/api/nowhere", "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).contains("<h1>There is no such page</h1>");
        assertThat(place.server().get("/nowhere").body()).isEqualTo("not found");
        assertThat(route.body()).isEqualTo("404 Not Found");
    }

    @Test
    void form_oversized_isRefused() {
        Browser browser = new Browser(place.server());

        HttpResponse<String> answer =
                browser.submit("/auth/login", "/auth/login", Map.of("email", "x".repeat(20_000), "password", "x"));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void account_name_isShownAsText() throws Exception {
        Browser admin = place.administrator();
        JsonNode created = Browser.json(admin.callJson(
                "POST", "/api/admin/users", "{\"name\":\"<b>&'\\\"</b>\",\"email\":\"markup@example.org\"}"));
        assertThat(created.path("id").asText()).isNotEmpty();
        String link = "/sign-in/" + place.mailedLink("markup@example.org");

        String page = new Browser(place.server()).get(link).body();

        assertThat(page).contains("&lt;b&gt;&amp;&#39;&quot;&lt;/b&gt;").doesNotContain("<b>");
    }

    @Test
    void accountLog_signInAndFailure_areShownToAdministrators() throws Exception {
        String email = place.newPerson();
        new Browser(place.server()).signIn(email, "wrong horse battery");
        place.signedIn(email);
        Browser admin = place.administrator();
        String id = personId(admin, email);

        JsonNode entries =
                Browser.json(admin.get("/api/admin/users/" + id + "/log")).path("entries");

        assertThat(entries.findValuesAsText("event"))
                .startsWith("signed_in", "sign_in_failed")
                .contains("account_created", "account_set_up");
        assertThat(entries.get(0).path("address").asText()).isEqualTo("127.0.0.1");
    }

    private static String personId(Browser admin, String email) {
        for (JsonNode user :
                Browser.json(admin.get("/api/admin/users?q=" + email)).path("data")) {
            if (user.path("email").asText().equals(email)) {
                return user.path("id").asText();
            }
        }
        throw new AssertionError("no account " + email);
    }
}

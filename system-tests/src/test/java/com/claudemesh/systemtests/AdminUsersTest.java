package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.systemtests.harness.AccountPerson;
import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.PopulatedMesh;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.SignInServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators of the server see of accounts, and do with them (HTTP §9). */
@ResourceLock(SignInServer.NAME)
class AdminUsersTest {
    private static final String BAN = "{\"banned\":true,\"banReason\":\"left the company\"}";
    private static SignInServer place;
    private static Server server;
    private static PopulatedMesh all;
    private static AccountPerson operator;

    @BeforeAll
    static void start() throws IOException {
        place = SignInServer.shared();
        server = place.server();
        all = PopulatedMesh.shared();
        operator = new AccountPerson(server, "operator", null, server.operatorToken());
    }

    private static JsonNode list(String path) {
        return operator.asks("GET", "/api/admin/" + path, "");
    }

    private static JsonNode user(String email) {
        JsonNode found = list("users?q=" + email);
        assertThat(found.path("total").asInt()).isEqualTo(1);
        return found.path("data").get(0);
    }

    private static String idOf(AccountPerson person) {
        return user(person.email()).path("id").asText();
    }

    private static HttpResponse<String> change(AccountPerson by, String id, String body) {
        return by.call("PATCH", "/api/admin/users/" + id, body);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asText()).isEqualTo(error);
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                Arguments.of("GET", "/api/admin/summary", "", 200),
                Arguments.of("GET", "/api/admin/users", "", 200),
                Arguments.of("GET", "/api/admin/users/forged", "", 404),
                Arguments.of("PATCH", "/api/admin/users/forged", "{\"role\":\"admin\"}", 404),
                Arguments.of("PATCH", "/api/admin/users/forged", BAN, 404),
                Arguments.of("PATCH", "/api/admin/users/forged", "{\"banned\":false}", 404),
                Arguments.of("GET", "/api/admin/users/forged/accounts", "", 404),
                Arguments.of("DELETE", "/api/admin/users/forged/accounts/credential", "", 404),
                Arguments.of("GET", "/api/admin/users/forged/memberships", "", 404),
                Arguments.of("GET", "/api/admin/users/forged/invitations", "", 404),
                Arguments.of("GET", "/api/admin/users/x'%20OR%20'1'='1", "", 404),
                Arguments.of("GET", "/api/admin/organizations", "", 404),
                Arguments.of("GET", "/api/admin/customers", "", 404));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void route_eachCaller_getsWhatItMay(String method, String path, String body, int forOperator) {
        // What does not exist is not there for anybody.
        boolean exists = forOperator == 200 || path.startsWith("/api/admin/users");

        assertThat(AccountPerson.anonymously(server, method, path, body).statusCode())
                .isEqualTo(exists ? 401 : 404);
        assertThat(all.stranger.call(method, path, body).statusCode()).isEqualTo(exists ? 403 : 404);
        assertThat(all.stranger.browser().callJson(method, path, body).statusCode())
                .isEqualTo(exists ? 403 : 404);
        assertThat(operator.call(method, path, body).statusCode()).isEqualTo(forOperator);
    }

    @Test
    void summary_countsWhatThereIs() {
        JsonNode summary = list("summary");

        assertThat(summary.path("users").asLong())
                .isEqualTo(list("users?perPage=1").path("total").asLong());
        assertThat(summary.path("organizations").isIntegralNumber()).isTrue();
        assertThat(summary.path("organizations").asInt()).isZero();
        assertThat(summary.path("customers").asInt()).isZero();
    }

    @Test
    void users_administratorInABrowser_findsAndFilters() throws IOException {
        AccountPerson person = AccountPerson.signedUp(place);
        Browser admin = place.administrator();
        long now = System.currentTimeMillis();
        String query = "/api/admin/users?q=" + person.email() + "&role=admin&role=user&twoFactorEnabled=false"
                + "&banned=false&createdAt=" + now + "&createdAt=" + now
                + "&sort=" + URLEncoder.encode("[{\"id\":\"email\"}]", StandardCharsets.UTF_8);

        JsonNode user = Browser.json(admin.get(query)).path("data").path(0);

        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(user.path("role").asText()).isEqualTo("user");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("banned").isBoolean()).isTrue();
        assertThat(user.path("banReason").isNull()).isTrue();
        assertThat(user.toString()).doesNotContain("argon2");
        assertThat(list("users?q=" + person.email() + "&role=admin")
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(list("users?q=" + person.email() + "&twoFactorEnabled=true")
                        .path("total")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users?banned=maybe",
                "users?banned=true&banned=1",
                "users?twoFactorEnabled=TRUE",
                "users?role=owner",
                "users?createdAt=yesterday&createdAt=today",
                "users?sort=%5B%7B%22id%22:%22password_hash%22%7D%5D",
                "users/ID/accounts?providerId=github",
                "users/ID/memberships?revoked=no",
                "users/ID/memberships?role=owner",
                "users/ID/invitations?expired=0",
                "users/ID/invitations?perPage=1000"
            })
    void list_badFilter_isRefusedWithItsName(String query) {
        HttpResponse<String> answer = operator.call("GET", "/api/admin/" + query.replace("ID", idOf(all.owner)), "");

        assertRefused(answer, 422, "invalid");
        assertThat(Browser.json(answer).path("field").asText()).isEqualTo(query.replaceAll("^.*\\?|=.*$", ""));
    }

    @Test
    void ban_person_endsEverythingUntilItIsLifted() throws IOException {
        AccountPerson person = AccountPerson.signedUp(place);
        String id = idOf(person);

        assertThat(Browser.json(place.administrator().callJson("PATCH", "/api/admin/users/" + id, BAN))
                        .path("banReason")
                        .asText())
                .isEqualTo("left the company");

        assertThat(person.browser().isSignedIn()).isFalse();
        assertThat(person.call("GET", "/api/my/profile", "").statusCode()).isEqualTo(401);
        assertThat(place.signedIn(person.email()).isSignedIn()).isFalse();
        assertThat(list("users?banned=true&q=" + person.email()).path("total").asInt())
                .isEqualTo(1);
        JsonNode entries = list("users/" + id + "/log").path("entries");
        assertThat(entries.findValuesAsText("event")).startsWith("sign_in_failed", "account_changed");
        assertThat(entries.get(1).path("details").toString()).contains("left the company", "\"banned\":true");

        assertThat(change(operator, id, "{\"banned\":false}").statusCode()).isEqualTo(200);

        assertThat(person.browser().isSignedIn()).isFalse();
        assertThat(place.signedIn(person.email()).isSignedIn()).isTrue();
        assertThat(person.call("GET", "/api/my/profile", "").statusCode()).isEqualTo(200);
    }

    @Test
    void change_ownOrLastAdministrator_isRefused() throws IOException {
        AccountPerson second = AccountPerson.signedUp(place);
        String id = idOf(second);
        String root = user(SignInServer.ADMIN_EMAIL).path("id").asText();
        Browser administrator = place.administrator();
        assertRefused(administrator.callJson("PATCH", "/api/admin/users/" + root, BAN), 409, "last_administrator");
        assertRefused(change(operator, root, "{\"role\":\"user\"}"), 409, "last_administrator");

        assertThat(change(operator, id, "{\"role\":\"admin\"}").statusCode()).isEqualTo(200);
        try {
            assertRefused(change(second, id, BAN), 409, "own_account");
            assertRefused(change(second, id, "{\"role\":\"user\"}"), 409, "own_account");
            assertRefused(
                    second.call("DELETE", "/api/admin/users/" + id + "/accounts/credential", ""), 409, "own_account");
        } finally {
            assertThat(change(operator, id, "{\"role\":\"user\"}").statusCode()).isEqualTo(200);
        }
        assertThat(second.call("GET", "/api/admin/users", "").statusCode()).isEqualTo(403);
        assertThat(administrator.isSignedIn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | body",
                "{\"role\":\"admin\",\"banned\":true} | body",
                "{\"role\":\"owner\"} | role",
                "{\"role\":7} | role",
                "{\"banned\":\"true\"} | banned",
                "{\"banned\":true,\"banReason\":7} | banReason",
                "{\"banned\":true,\"banReason\":\"a\\u0000b\"} | banReason"
            })
    void change_badBody_isRefusedWithTheNameOfTheField(String body, String field) {
        HttpResponse<String> answer = change(operator, idOf(all.stranger), body);

        assertRefused(answer, 422, "invalid");
        assertThat(Browser.json(answer).path("field").asText()).isEqualTo(field);
        assertThat(user(all.stranger.email()).path("banned").asBoolean()).isFalse();
    }

    @Test
    void accounts_passwordTakenAway_signsOutUntilAnotherOneIsChosen() throws IOException {
        AccountPerson person = AccountPerson.signedUp(place);
        String id = idOf(person);
        JsonNode ways = list("users/" + id + "/accounts?providerId=credential");
        assertThat(ways.path("total").asInt()).isEqualTo(1);
        String path =
                "/api/admin/users/" + id + "/accounts/" + ways.at("/data/0/id").asText();
        assertRefused(
                operator.call("DELETE", "/api/admin/users/" + id + "/accounts/forged", ""), 404, "account_not_found");

        assertThat(operator.call("DELETE", path, "").statusCode()).isEqualTo(200);

        assertThat(person.browser().isSignedIn()).isFalse();
        assertThat(place.signedIn(person.email()).isSignedIn()).isFalse();
        assertThat(list("users/" + id + "/accounts").path("total").asInt()).isZero();
        assertRefused(operator.call("DELETE", path, ""), 404, "account_not_found");
        assertThat(list("users/" + id + "/log").path("entries").findValuesAsText("event"))
                .startsWith("sign_in_failed", "way_in_removed");
    }

    @Test
    void membershipsAndInvitations_filters_leaveOthersOut() {
        AccountPerson bob = all.signedUp();
        all.joins(bob, "member", SigningKeyPair.generate());
        JsonNode own = bob.createsMesh("bobs");
        JsonNode invite = bob.invites(own, "{}");
        String path = "users/" + idOf(bob) + "/";
        String slug = own.path("slug").asText();

        assertThat(list(path + "memberships").path("total").asInt()).isEqualTo(2);
        assertThat(list(path + "memberships?role=admin").path("data").findValuesAsText("meshSlug"))
                .containsExactly(slug);
        assertThat(list(path + "memberships?revoked=true").path("total").asInt())
                .isZero();
        assertThat(list(path + "memberships?revoked=false&q=" + slug)
                        .path("data")
                        .findValuesAsText("meshSlug"))
                .containsExactly(slug);
        JsonNode invitations = list(path + "invitations?role=member&revoked=false&expired=false");
        assertThat(invitations.path("data").findValuesAsText("id"))
                .containsExactly(invite.path("id").asText());
        assertThat(invitations.toString()).doesNotContain(invite.path("code").asText());
        assertThat(list(path + "invitations?role=admin").path("total").asInt()).isZero();
    }
}

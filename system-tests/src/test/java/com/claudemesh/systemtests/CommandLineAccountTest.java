package com.claudemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.systemtests.harness.Browser;
import com.claudemesh.systemtests.harness.Person;
import com.claudemesh.systemtests.harness.Person.Outcome;
import com.claudemesh.systemtests.harness.SignInServer;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Accounts, meshes and invitations as a person on a command line meets them. */
@ResourceLock(SignInServer.NAME)
class CommandLineAccountTest {
    private static final Path LAUNCHER =
            Path.of("..", "claudemesh").toAbsolutePath().normalize();
    private static SignInServer place;

    @BeforeAll
    static void start() {
        place = SignInServer.shared();
    }

    private static String url() {
        return place.server().httpBase().toString().replaceFirst("/+$", "");
    }

    private static Person signedIn(String name) throws IOException {
        Browser browser = place.signedIn(place.newPerson());
        JsonNode made = Browser.json(browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"laptop\"}"));
        Person person = Person.named(name);
        person.does("login", "--server", url(), "--token", made.path("token").asText());
        return person;
    }

    /** The slug of a new mesh. */
    private static String mesh(Person owner, String name) {
        return owner.does("create", name, "--json").json().path("slug").asText();
    }

    @Test
    void login_approvedInABrowser_signsIn() throws Exception {
        String email = place.newPerson();
        Browser browser = place.signedIn(email);
        Person alice = Person.named("alice");
        CompletableFuture<Outcome> login = inBackground(alice, "login --browser --json --server " + url());
        URI page = pageOf(alice);
        String path = page.getRawPath() + "?" + page.getRawQuery();
        browser.submit(
                path, "/cli-auth", Map.of("code", page.getQuery().replaceFirst("session=", ""), "answer", "approve"));

        assertThat(login.join().json().path("user").path("email").asText()).isEqualTo(email);
        assertThat(alice.does("whoami", "--json").json().path("signed_in").asBoolean())
                .isTrue();
        alice.does("logout");
        assertThat(alice.runs("whoami").exitCode()).isEqualTo(2);
    }

    /** Runs the command with a browser that only notes what it is to open. */
    private static CompletableFuture<Outcome> inBackground(Person person, String line) throws IOException {
        Path opened = person.home().resolve("opened");
        Path program = person.home().resolve("browser");
        Files.writeString(
                program, "#!/bin/sh\nprintf '%s' \"$1\" > " + opened + ".tmp; mv " + opened + ".tmp " + opened + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return CompletableFuture.supplyAsync(() -> person.types("BROWSER=" + program + " " + LAUNCHER + " " + line));
    }

    /** The address that the person's browser was to open. */
    private static URI pageOf(Person person) {
        Path opened = person.home().resolve("opened");
        return Waiting.until(
                "the browser", Duration.ofSeconds(60), () -> Files.exists(opened) ? URI.create(read(opened)) : null);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void share_link_letsSomebodyWithoutAccountIn() throws Exception {
        Person alice = signedIn("alice");
        String slug = mesh(alice, "The Crew");
        JsonNode invitation =
                alice.does("share", "--mesh", slug, "--uses", "2", "--json").json();
        Person bob = Person.named("bob");

        JsonNode joined = bob.does("join", invitation.path("url").asText(), "--name", "bob", "--json")
                .json();

        assertThat(joined.path("already_member").asBoolean()).isFalse();
        assertThat(Files.readString(bob.home().resolve(".claudemesh/config.json")))
                .contains("\"inviteVersion\": 2");
        bob.does("peers", "--json");
        assertThat(bob.does("join", invitation.path("url").asText(), "--json")
                        .json()
                        .path("already_member")
                        .asBoolean())
                .isTrue();
        assertThat(alice.does("member", "list", "--json").json().findValuesAsText("displayName"))
                .contains("bob");
        assertThat(bob.does("member", "list", "--json").json().findValuesAsText("displayName"))
                .contains("bob");
    }

    @Test
    void invitation_revoked_letsNobodyIn() throws Exception {
        Person alice = signedIn("alice");
        String slug = mesh(alice, "Quiet");
        JsonNode invitation = alice.does("share", "--mesh", slug, "--json").json();
        String id = alice.does("invitations", "--json").json().get(0).path("id").asText();

        alice.does("invitation", "revoke", id);

        Outcome refused = Person.named("bob")
                .runs("join", "--json", invitation.path("url").asText());
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.json().path("error").asText()).isEqualTo("invite_revoked");
    }

    @Test
    void member_rights_areShownAndChanged() throws Exception {
        Person alice = signedIn("alice");
        String slug = mesh(alice, "Rights");
        JsonNode invitation = alice.does("share", "--mesh", slug, "--json").json();
        Person.named("bob").does("join", invitation.path("url").asText(), "--name", "bob");

        assertThat(alice.does("member", "role", "bob", "admin", "--json")
                        .json()
                        .path("role")
                        .asText())
                .isEqualTo("admin");
        assertThat(alice.does("member", "deny", "bob", "invite", "--json")
                        .json()
                        .at("/permissions/canInvite")
                        .asBoolean())
                .isFalse();
        assertThat(alice.does("profile", "--name", "Alice L", "--json")
                        .json()
                        .path("displayName")
                        .asText())
                .isEqualTo("Alice L");
    }

    @Test
    void audit_record_isIntactHereAndThere() throws Exception {
        Person alice = signedIn("alice");
        String slug = mesh(alice, "Record");
        alice.does("share", "--mesh", slug);
        alice.does("peers");

        assertThat(alice.does("audit", "list", "--json").json().size()).isPositive();
        assertThat(alice.does("audit", "verify", "--json").json().path("valid").asBoolean())
                .isTrue();
        assertThat(alice.does("audit", "verify", "--local", "--json")
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(alice.does("audit", "export").out().lines().count()).isPositive();
    }

    @Test
    void apikey_life_isMadeListedRevoked() throws Exception {
        Person alice = signedIn("alice");
        mesh(alice, "Keys");

        String id = alice.does("apikey", "create", "ci", "--expires", "30d", "--json", "-y")
                .json()
                .path("id")
                .asText();
        assertThat(alice.does("apikey", "list", "--json", "label").json().findValuesAsText("label"))
                .containsExactly("ci");
        alice.does("apikey", "revoke", id.substring(0, 12), "-y");
    }

    @Test
    void mesh_renamedMovedDeleted_isGoneForEverybody() throws Exception {
        Person alice = signedIn("alice");
        String slug = mesh(alice, "Short Lived");
        JsonNode invitation = alice.does("share", "--mesh", slug, "--json").json();
        Person bob = Person.named("bob");
        bob.does("join", invitation.path("url").asText(), "--name", "bob");
        String moved = slug + "-2";

        alice.does("rename", slug, "Long", "Lived");
        alice.does("slug", slug, moved);
        assertThat(alice.does("list", "--json", "slug,server,is_owner")
                        .json()
                        .get(0)
                        .toString())
                .isEqualTo("{\"slug\":\"" + moved + "\",\"server\":true,\"is_owner\":true}");
        alice.does("delete", moved, "--everywhere", "-y");

        assertThat(alice.does("list", "--json").json()).isEmpty();
        assertThat(bob.runs("peers").exitCode()).isNotZero();
        assertThat(List.of(alice.runs("share").exitCode())).containsExactly(5);
    }

    @Test
    void sync_secondMachine_joinsTheMeshesOfTheAccount() throws Exception {
        String email = place.newPerson();
        Browser browser = place.signedIn(email);
        String token = Browser.json(browser.callJson("POST", "/api/auth/tokens", "{\"name\":\"laptop\"}"))
                .path("token")
                .asText();
        Person alice = Person.named("alice");
        alice.does("login", "--server", url(), "--token", token);
        JsonNode mesh = alice.does("create", "Shared", "--json").json();
        String syncToken = Browser.json(browser.callJson(
                        "POST",
                        "/api/cli-sync-token",
                        "{\"meshes\":[{\"id\":\"" + mesh.path("id").asText() + "\"}],\"action\":\"sync\"}"))
                .path("token")
                .asText();
        Person desktop = Person.named("desktop");

        Outcome synced = desktop.types(
                "echo " + syncToken + " | HOME=" + desktop.home() + " " + LAUNCHER + " sync --json --server " + url());

        assertThat(synced.exitCode()).as(synced.toString()).isZero();
        assertThat(synced.json().path("added").size()).isEqualTo(1);
        desktop.does("peers", "--json");
    }

    /** All of it: the page, the pairing code, the link that the person follows, the listener of the command line. */
    @Test
    void sync_approvedInABrowser_bringsTheMeshesOverTheListener() throws Exception {
        String email = place.newPerson();
        Browser browser = place.signedIn(email);
        browser.callJson("POST", "/api/my/meshes", "{\"name\":\"Over the listener\"}");
        Person desktop = Person.named("desktop");

        CompletableFuture<Outcome> sync = inBackground(desktop, "sync --json --server " + url());
        URI page = pageOf(desktop);
        Map<String, String> query = Arrays.stream(page.getQuery().split("&"))
                .collect(Collectors.toMap(pair -> pair.split("=")[0], pair -> pair.split("=")[1]));
        String path = page.getRawPath() + "?" + page.getRawQuery();
        assertThat(browser.get(path).body()).contains(query.get("code"), "Over the listener");
        String listener = "http://localhost:" + query.get("port");
        assertThat(browser.get(listener + "/ping").body()).isEqualTo("ok");
        assertThat(browser.get(listener + "/callback?token=foreign").statusCode())
                .isEqualTo(400);
        String ready = browser.submit(path, "/cli-auth", Map.of("port", query.get("port"), "code", query.get("code")))
                .body();
        String link = ready.replaceFirst("(?s).*href=\"(http://localhost:[^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(browser.get(link).body()).contains("Return to your terminal");

        assertThat(sync.join().json().path("added").get(0).asText()).isEqualTo("over-the-listener");
        assertThat(desktop.does("peers", "--json").exitCode()).isZero();
    }
}

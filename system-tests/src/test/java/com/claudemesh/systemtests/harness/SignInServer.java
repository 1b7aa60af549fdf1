package com.claudemesh.systemtests.harness;

import com.claudemesh.testing.OpenIdProvider;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with a mail server and an OpenID provider beside it, and its first administrator set up. Shared by tests. */
public final class SignInServer {
    /** What a test class locks that uses it. */
    public static final String NAME = "server with mail and single sign-on";

    public static final String ADMIN_EMAIL = "root@example.org";
    public static final String PASSWORD = "correct horse battery staple";

    private static final int PEOPLE_AT_ONCE = 6;

    /** A first attempt that fails is repeated after half a minute. */
    private static final Duration MAIL_PATIENCE = Duration.ofSeconds(90);

    private static final Pattern LINK = Pattern.compile("/sign-in/([A-Za-z0-9_-]{43})");
    private static final SignInServer SHARED = new SignInServer();

    private final GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private final OpenIdProvider provider = new OpenIdProvider("claudemesh", "s3cret");
    private final Server server;
    private final Queue<String> unused = new ArrayDeque<>();
    private int people;

    private SignInServer() {
        mail.start();
        server = Server.start(Map.ofEntries(
                Map.entry("SMTP_HOST", "127.0.0.1"),
                Map.entry("SMTP_PORT", Integer.toString(mail.getSmtp().getPort())),
                Map.entry("SMTP_ENCRYPTION", "none"),
                Map.entry("EMAIL_FROM", "mesh@example.org"),
                Map.entry("OIDC_ISSUER", provider.issuer()),
                Map.entry("OIDC_CLIENT_ID", "claudemesh"),
                Map.entry("OIDC_CLIENT_SECRET", "s3cret"),
                Map.entry("CLAUDEMESH_SIGN_IN_ATTEMPTS", "5"),
                Map.entry("CLAUDEMESH_SIGN_IN_ATTEMPTS_PER_ADDRESS", "100000"),
                Map.entry("CLAUDEMESH_PUBLIC_RATE_PER_MINUTE", "100000"),
                Map.entry("CLAUDEMESH_INVITE_CODES_PER_MINUTE", "100000"),
                Map.entry("CLAUDEMESH_INVITE_MAILS_PER_HOUR", "5"),
                Map.entry("CLAUDEMESH_EXPORTS_PER_HOUR", "4"),
                Map.entry("CLAUDEMESH_UNPROVEN_PROFILES", "true")));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    private void stop() {
        server.close();
        provider.close();
        mail.stop();
    }

    public static SignInServer shared() {
        return SHARED;
    }

    public Server server() {
        return server;
    }

    public OpenIdProvider provider() {
        return provider;
    }

    /** The token of the first administrator's link. */
    public String firstLink() throws IOException {
        return token(server.firstStart().path("signInUrl").asText());
    }

    /** A browser in which the administrator is signed in; sets the account up when nobody has. */
    public synchronized Browser administrator() throws IOException {
        Browser browser = new Browser(server);
        if (browser.get("/sign-in/" + firstLink()).statusCode() == 200) {
            browser.submit(
                    "/sign-in/" + firstLink(),
                    "/sign-in/" + firstLink(),
                    Map.of("email", ADMIN_EMAIL, "password", PASSWORD, "again", PASSWORD));
        } else {
            browser.signIn(ADMIN_EMAIL, PASSWORD);
        }
        return browser;
    }

    /** A new ordinary account with {@link #PASSWORD}; returns its e-mail address. */
    public synchronized String newPerson() throws IOException {
        if (unused.isEmpty()) {
            invitePeople();
        }
        return unused.remove();
    }

    /** Several at a time: mails go out every two seconds, and nobody has to wait for one of their own. */
    private void invitePeople() throws IOException {
        Browser administrator = administrator();
        List<String> emails = new ArrayList<>();
        for (int i = 0; i < PEOPLE_AT_ONCE; i++) {
            String email = "person" + ++people + "@example.org";
            HttpResponse<String> created = administrator.callJson(
                    "POST", "/api/admin/users", "{\"name\":\"Person " + people + "\",\"email\":\"" + email + "\"}");
            if (created.statusCode() != 200) {
                throw new AssertionError("no account: " + created.statusCode() + " " + created.body());
            }
            emails.add(email);
        }
        for (String email : emails) {
            String link = "/sign-in/" + mailedLink(email);
            new Browser(server).submit(link, link, Map.of("password", PASSWORD, "again", PASSWORD));
            unused.add(email);
        }
    }

    /** A browser in which a new person is signed in. */
    public Browser signedIn(String email) {
        Browser browser = new Browser(server);
        browser.signIn(email, PASSWORD);
        return browser;
    }

    /** Waits for the newest mail to the address and returns the token of its link. */
    public String mailedLink(String email) {
        return Waiting.until(
                "a mail to " + email,
                MAIL_PATIENCE,
                () -> Arrays.stream(mail.getReceivedMessages())
                        .filter(message -> isTo(message, email))
                        .reduce((first, second) -> second)
                        .flatMap(SignInServer::link)
                        .orElse(null));
    }

    public long mailsTo(String email) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isTo(message, email))
                .count();
    }

    private static boolean isTo(MimeMessage message, String email) {
        try {
            return message.getAllRecipients()[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new AssertionError("an unreadable mail", e);
        }
    }

    private static Optional<String> link(MimeMessage message) {
        try {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            Matcher match = LINK.matcher(parts.getBodyPart(0).getContent().toString());
            return match.find() ? Optional.of(match.group(1)) : Optional.empty();
        } catch (MessagingException | IOException e) {
            throw new AssertionError("an unreadable mail", e);
        }
    }

    private static String token(String url) {
        Matcher match = LINK.matcher(url);
        if (!match.find()) {
            throw new AssertionError("no link: " + url);
        }
        return match.group(1);
    }
}

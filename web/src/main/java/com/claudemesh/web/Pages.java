package com.claudemesh.web;

import com.claudemesh.invite.InvitePreview;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The few pages that need no sign-in. Plain HTML: they work without scripts, by keyboard, and in any theme. */
@ApplicationScoped
public class Pages {
    private static final String HTML = "text/html; charset=utf-8";

    @Inject
    private Settings settings;

    Response home() {
        return page(200, "claudemesh", """
                <p>This is a claudemesh server: AI coding sessions, people and bots meet here and send each other
                end-to-end encrypted messages.</p>
                <p>To join a mesh you need an invitation. Open its link, or give it to the command line client:</p>
                <pre><code>claudemesh join &lt;invitation link&gt;</code></pre>
                <p><a href="/health">Health</a> · <a href="/health/ready">Readiness</a> · <a href="/metrics">Metrics</a></p>
                """);
    }

    Response invitation(String token, InvitePreview preview) {
        String link = settings.appUrl().toString().replaceFirst("/+$", "") + "/join/" + token;
        return page(200, "Join " + preview.meshName(), """
                <p>You are invited to the mesh <strong>%s</strong> as <strong>%s</strong>. It has %d member(s).
                The invitation works until %s.</p>
                <p>Run this where you work; a key is made on your machine and stays there:</p>
                <pre><code>claudemesh join %s</code></pre>
                <p>Keep the link to yourself: whoever has it can join.</p>
                """.formatted(
                        escape(preview.meshName()),
                        escape(preview.role()),
                        preview.memberCount(),
                        WireTime.text(preview.expiresAt()),
                        escape(link)));
    }

    Response welcome(String accountName) {
        return page(200, "Welcome, " + accountName, """
                <p>You are the administrator of this server. This link is used up now.</p>
                <p>The operator token in the data directory (<code>operator-token</code>) makes meshes and invitations
                from the command line:</p>
                <pre><code>curl -H "Authorization: Bearer $(cat data/operator-token)" \\
                  -d '{"max_uses":5}' %s/cli/mesh/home/invite</code></pre>
                <p><a href="/health/ready">Is everything ready?</a></p>
                """.formatted(
                        escape(settings.httpBase().toString().replaceFirst("/+$", ""))));
    }

    Response gone(String what, int status) {
        return page(status, what, "<p>Ask whoever sent it for a new one.</p>");
    }

    Response style() {
        try (InputStream css = Pages.class.getResourceAsStream("/assets/style.css")) {
            return Response.ok(new String(css.readAllBytes(), StandardCharsets.UTF_8))
                    .type("text/css; charset=utf-8")
                    .header("Cache-Control", "public, max-age=3600")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response page(int status, String title, String body) {
        String html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%1$s</title>
                <link rel="stylesheet" href="/assets/style.css">
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                %2$s
                </main>
                </body>
                </html>
                """.formatted(escape(title), body);
        return Response.status(status)
                .entity(html)
                .type(HTML)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package com.claudemesh.web;

import com.claudemesh.invite.InvitePreview;
import com.claudemesh.invite.ResolvedCode;
import com.claudemesh.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;

/** The few pages that need no sign-in. Plain HTML: they work without scripts, by keyboard, and in any theme. */
@ApplicationScoped
public class Pages {
    @Inject
    private Settings settings;

    Response home() {
        return Html.page(200, "claudemesh", """
                <p>This is a claudemesh server: AI coding sessions, people and bots meet here and send each other
                end-to-end encrypted messages.</p>
                <p>To join a mesh you need an invitation. Open its link, or give it to the command line client:</p>
                <pre><code>claudemesh join &lt;invitation link&gt;</code></pre>
                <p><a href="/account">Sign in or see your account</a></p>
                <p><a href="/health">Health</a> · <a href="/health/ready">Readiness</a> ·
                <a href="/metrics">Metrics</a> · <a href="/api/v1/openapi.json">REST interface</a></p>
                """);
    }

    Response invitation(String token, InvitePreview.Valid preview) {
        String link = settings.appUrl().toString().replaceFirst("/+$", "") + "/join/" + token;
        return Html.page(200, "Join " + preview.meshName(), """
                <p>You are invited to the mesh <strong>%s</strong> as <strong>%s</strong>. It has %s.
                The invitation works until %s.</p>
                <p>Run this where you work; a key is made on your machine and stays there:</p>
                <pre><code>claudemesh join %s</code></pre>
                <p>Keep the link to yourself: whoever has it can join.</p>
                """.formatted(
                        Html.escape(preview.meshName()),
                        Html.escape(preview.role()),
                        members(preview.memberCount()),
                        Html.time(preview.expiresAt()),
                        Html.escape(link)));
    }

    private static String members(long count) {
        return count == 0 ? "no members yet" : count == 1 ? "one member" : count + " members";
    }

    /** An invitation that is claimed by its code. */
    Response shortInvitation(ResolvedCode resolved) {
        String link = settings.appUrl().toString().replaceFirst("/+$", "") + "/i/" + resolved.code();
        return Html.page(200, "Join " + resolved.meshName(), """
                <p>You are invited to the mesh <strong>%s</strong> as <strong>%s</strong>.
                The invitation works until %s.</p>
                <p>Run this where you work; a key is made on your machine and stays there:</p>
                <pre><code>claudemesh join %s</code></pre>
                <p>Keep the link to yourself: whoever has it can join.</p>
                """.formatted(
                        Html.escape(resolved.meshName()),
                        Html.escape(resolved.role()),
                        Html.time(resolved.expiresAt()),
                        Html.escape(link)));
    }

    Response gone(String what, int status) {
        return Html.page(status, what, "<p>Ask whoever sent it for a new one.</p>");
    }

    Response style() {
        return Response.ok(StyleSheet.TEXT)
                .type("text/css; charset=utf-8")
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }
}

package com.claudemesh.web.account;

import static com.claudemesh.web.Html.escape;

import com.claudemesh.identity.Account;
import com.claudemesh.mesh.MeshListing;
import com.claudemesh.mesh.MeshQuery;
import com.claudemesh.mesh.MeshSync;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.web.Html;
import com.claudemesh.web.access.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code /cli-auth?port=…}: a command line on the same machine asks for the person's meshes. It gets a token that works once,
 * at its own address, by a link that the person follows.
 */
@RequestScoped
public class SyncPages {
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{3,4}");
    private static final Pattern PAIRING = Pattern.compile("[A-Za-z0-9]{4}");
    private static final int MAX_PORT = 65_535;

    @Inject
    private CurrentCaller caller;

    @Inject
    private Meshes meshes;

    @Inject
    private MeshSync sync;

    @Inject
    private Forms forms;

    /** Shows what would be handed over. Hands nothing over. */
    Response ask(String port, String code) {
        if (port(port).isEmpty() || !PAIRING.matcher(code).matches()) {
            return Html.page(400, "This address is not complete", "<p>Run <code>claudemesh sync</code> again.</p>");
        }
        return Html.page(200, "Let a command line on this machine use your meshes?", """
                <p>It acts as <strong>%s</strong> in: %s</p>
                <p>Your terminal must show this code. If it does not, or if you did not just run
                <code>claudemesh sync</code>, close this page.</p>
                <p class="code">%s</p>
                %s
                """.formatted(
                        escape(caller.account().name()),
                        escape(names()),
                        escape(code),
                        forms.form(
                                "/cli-auth",
                                Forms.hidden("port", port) + Forms.hidden("code", code) + Forms.submit("Continue"))));
    }

    private String names() {
        String names = listed().stream().map(MeshListing::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "no mesh yet" : names;
    }

    private List<MeshListing> listed() {
        return meshes.listOf(caller.account().id(), MeshQuery.live()).meshes();
    }

    /** Makes the token and the link that brings it to the command line whose code was shown. */
    Response handOver(String port, String code) {
        if (port(port).isEmpty() || !PAIRING.matcher(code).matches()) {
            return ask(port, code);
        }
        Account account = caller.account();
        String token = sync.issue(
                account.id(),
                account.emailText(),
                listed().stream().map(MeshListing::meshId).toList(),
                "sync",
                null);
        String link = "http://localhost:" + port + "/callback?token=" + token + "&state=" + code;
        return Html.page(200, "Your meshes are ready", """
                <p><a class="button" href="%s">Hand them to your command line</a></p>
                <p>If it runs on another machine, paste this there within 15 minutes; it works once:</p>
                <pre><code>%s</code></pre>
                """.formatted(escape(link), escape(token)));
    }

    private static Optional<String> port(String text) {
        return Optional.of(text)
                .filter(port -> PORT.matcher(port).matches())
                .filter(port -> Integer.parseInt(port) <= MAX_PORT);
    }
}

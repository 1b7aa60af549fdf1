package com.claudemesh.cli.invite;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.io.DesktopTools;
import com.claudemesh.cli.mesh.ServerMesh;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.Palette;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code share}: an invitation link, shown or mailed. */
@Command(description = "Invite somebody: show a link and its QR code, or mail the link.")
public final class ShareCommand implements Callable<Integer> {
    private static final Pattern LIFE = Pattern.compile("[1-9][0-9]{0,3}[hd]");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final int MAX_USES = 1_000;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(arity = "0..1", paramLabel = "<e-mail>", description = "whom to mail the link; nobody: only show it")
    private @Nullable String email;

    @Option(names = "--expires", paramLabel = "time", description = "like 12h or 7d, at most 365d (default: 7d)")
    private String expires = "7d";

    @Option(names = "--uses", paramLabel = "n", description = "how many may join with it (default: 1)")
    private int uses = 1;

    @Option(names = "--role", paramLabel = "member|admin", description = "what they are then (default: member)")
    private String role = "member";

    @Option(names = "--qr", description = "show the QR code also where standard output is no terminal")
    private boolean qr;

    public ShareCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        check();
        Output output = services.output(globals);
        AccountSession session = AccountSession.requireOrSignIn(services, account, output);
        ServerMesh mesh = ServerMesh.one(services, session, meshOption);
        ObjectNode body =
                Output.object().put("role", role).put("expires_in", expires).put("max_uses", uses);
        if (email != null) {
            body.put("email", email);
        }
        JsonNode made = session.broker()
                .post("/cli/mesh/" + ApiClient.segment(mesh.slug()) + "/invite", body)
                .orRefuse("invite into " + mesh.slug())
                .body();
        String url = made.path("url").asText("");
        if (!url.matches("https?://\\S+")) {
            throw new CliException(ExitCode.INTERNAL_ERROR, "bad_answer", "the server's answer is not understood", "");
        }
        boolean copied = services.host().terminal().out() && new DesktopTools(services.host()).copy(url);
        ObjectNode record = Output.object()
                .put("url", url)
                .put("code", made.path("code").asText(""))
                .put("expires_at", made.path("expires_at").asText(""));
        if (made.has("emailed")) {
            record.put("emailed", made.get("emailed").asBoolean());
        }
        output.document(output.project(record.put("copied", copied)));
        show(mesh, url, made, copied, output);
        return ExitCode.SUCCESS;
    }

    private void check() {
        if (email != null && !ADDRESS.matcher(email).matches()) {
            throw CliException.invalid("\"" + Output.safe(email) + "\" is no e-mail address");
        }
        if (!LIFE.matcher(expires).matches()) {
            throw CliException.invalid("--expires must be like 12h or 7d");
        }
        if (uses < 1 || uses > MAX_USES) {
            throw CliException.invalid("--uses must be between 1 and " + MAX_USES);
        }
        if (!role.equals("member") && !role.equals("admin")) {
            throw CliException.invalid("--role must be member or admin");
        }
    }

    private void show(ServerMesh mesh, String url, JsonNode made, boolean copied, Output output) {
        boolean mailed = made.path("emailed").asBoolean();
        if (email != null && mailed) {
            output.ok("invited " + Output.safe(email), "the link is mailed");
        } else if (email != null) {
            output.warn("the server could not mail the link", "pass it on yourself");
        }
        output.section("invitation to " + Output.safe(mesh.slug()));
        output.text("  " + url);
        if (qr || email == null && services.host().terminal().out()) {
            output.text("");
            TerminalQr.lines(url, output.palette() == Palette.ANSI).forEach(line -> output.text("  " + line));
        }
        output.text("");
        output.text("  "
                + output.palette()
                        .dim("role " + role + " · " + uses + (uses == 1 ? " use" : " uses") + " · until "
                                + Output.safe(made.path("expires_at").asText("")) + (copied ? " · copied" : "")));
        output.hint("they run: claudemesh join " + url);
    }
}

package com.claudemesh.cli.invite;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.mesh.ServerMesh;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code invitations}: those that the account has made, or those that wait for it. */
@Command(description = "Show the invitations that you have made, or with --incoming those that wait for you.")
public final class InvitationsCommand implements Callable<Integer> {
    private static final int SHOWN_ID_CHARS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--incoming", description = "invitations to your e-mail address")
    private boolean incoming;

    public InvitationsCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        AccountSession session = AccountSession.require(services, account, output);
        if (incoming) {
            showIncoming(session, output);
        } else {
            showSent(session, output);
        }
        return ExitCode.SUCCESS;
    }

    private void showSent(AccountSession session, Output output) {
        Optional<String> meshId = meshOption
                .slug()
                .map(slug -> ServerMesh.one(services, session, meshOption).id());
        Instant now = services.host().clock().instant();
        ArrayNode records = Output.array();
        List<SentInvite> invites = sent(session).stream()
                .filter(invite -> meshId.isEmpty() || meshId.get().equals(invite.meshId()))
                .toList();
        invites.forEach(invite -> records.add(invite.json(now)));
        output.document(output.project(records));
        output.section("invitations (" + invites.size() + ")");
        invites.forEach(invite -> output.text("  " + line(invite, now, output)));
        if (!invites.isEmpty()) {
            output.hint("withdraw one: claudemesh invitation revoke <id>");
        }
    }

    static List<SentInvite> sent(AccountSession session) {
        List<SentInvite> invites = new ArrayList<>();
        session.api()
                .get("/api/my/invites")
                .orRefuse("list the invitations")
                .body()
                .path("sent")
                .forEach(row -> invites.add(SentInvite.of(row)));
        return List.copyOf(invites);
    }

    private static String line(SentInvite invite, Instant now, Output output) {
        String status = invite.status(now);
        return shortId(invite.id()) + "  " + Output.safe(invite.meshSlug()) + "  " + Output.safe(invite.role()) + "  "
                + invite.usedCount() + "/" + invite.maxUses() + " used  "
                + (status.equals("active")
                        ? output.palette().green(status)
                        : output.palette().dim(status))
                + output.palette().dim("  until " + Output.safe(invite.expiresAt()));
    }

    private void showIncoming(AccountSession session, Output output) {
        JsonNode rows = session.api()
                .get("/api/my/invites/incoming")
                .orRefuse("list the invitations")
                .body()
                .path("incoming");
        output.document(output.project(rows.isArray() ? rows : Output.array()));
        output.section("invitations to you (" + rows.size() + ")");
        for (JsonNode row : rows) {
            output.text("  " + shortId(row.path("id").asText("")) + "  "
                    + Output.safe(row.path("meshName").asText("")) + "  from "
                    + Output.safe(
                            Objects.requireNonNullElse(row.path("inviterName").textValue(), "somebody")) + "  "
                    + output.palette()
                            .dim("until " + Output.safe(row.path("expiresAt").asText(""))));
            output.text("    "
                    + output.palette()
                            .dim("claudemesh join " + session.credential().server() + "/i/"
                                    + Output.safe(row.path("code").asText(""))));
        }
    }

    private static String shortId(String id) {
        return Output.safe(id.substring(0, Math.min(SHOWN_ID_CHARS, id.length())));
    }
}

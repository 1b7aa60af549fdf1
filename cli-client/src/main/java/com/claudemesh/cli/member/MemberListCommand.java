package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code member list}: everybody in a mesh, online or not. */
@Command(description = "Show the members of a mesh, online or not.")
public final class MemberListCommand implements Callable<Integer> {
    private static final int SHOWN_ID_CHARS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--online", description = "only those that are connected")
    private boolean onlineOnly;

    public MemberListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        List<Member> all = new MemberApi(services, account, mesh, output).list();
        List<Member> shown =
                all.stream().filter(member -> !onlineOnly || member.online()).toList();
        addPresence(mesh, all, output);
        ArrayNode records = Output.array();
        shown.forEach(member -> records.add(member.json()));
        ObjectNode document = Output.object();
        document.set("members", output.project(records));
        output.document(document);
        output.section("members of " + Output.safe(mesh.slug()) + " ("
                + all.stream().filter(Member::online).count() + " of " + all.size() + " online)");
        shown.forEach(member -> show(member, mesh, output));
        return ExitCode.SUCCESS;
    }

    /** Keys, states and summaries are known to the REST interface only. */
    private void addPresence(Membership mesh, List<Member> members, Output output) {
        try (MeshConnections connections = new MeshConnections(services);
                RestSession rest = RestSession.over(
                        connections.to(mesh),
                        services,
                        mesh,
                        new ShortLivedKey.Purpose("members", List.of(ApiKeyCapability.READ), null),
                        output)) {
            JsonNode rows = RestSession.require(rest.get("/members"), "list who is there")
                    .path("members");
            rows.forEach(row -> members.stream()
                    .filter(member -> member.id().equals(row.path("memberId").asText()))
                    .forEach(member -> member.add(row)));
        } catch (CliException notOffered) {
            output.warn("without keys and states: " + notOffered.getMessage(), notOffered.hint());
        }
    }

    private static void show(Member member, Membership mesh, Output output) {
        String dot =
                member.online() ? output.palette().green("●") : output.palette().dim("○");
        String role =
                member.role().equals("member") ? "" : " " + output.palette().clay(Output.safe(member.role()));
        String self = member.id().equals(mesh.memberId()) ? output.palette().dim(" (you)") : "";
        String id =
                member.id().substring(0, Math.min(SHOWN_ID_CHARS, member.id().length()));
        String details = member.details();
        output.text("  " + dot + " " + Output.safe(member.displayName()) + role + self + "  "
                + output.palette().dim(Output.safe(id) + (details.isEmpty() ? "" : " · " + details)));
    }
}

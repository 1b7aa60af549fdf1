package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.config.GroupChoice;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.MessageMode;
import com.claudemesh.cli.launch.GroupsConverter;
import com.claudemesh.cli.launch.GroupsConverter.Groups;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code profile}: what a member is called, and how its sessions begin; shown, or changed. */
@Command(
        description = "Show or change how you are listed in a mesh; with --member, as an administrator, somebody else.")
public final class ProfileCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--member", paramLabel = "name|id", description = "whose profile (default: yours)")
    private @Nullable String member;

    @Option(names = "--name", paramLabel = "name", description = "display name")
    private @Nullable String name;

    @Option(names = "--role-tag", paramLabel = "text", description = "free label, like \"reviewer\"; empty removes it")
    private @Nullable String roleTag;

    @Option(
            names = "--groups",
            paramLabel = "a:lead,b",
            converter = GroupsConverter.class,
            description = "groups that sessions begin in")
    private @Nullable Groups groups;

    @Option(names = "--message-mode", paramLabel = "push|inbox|off", description = "how sessions take messages")
    private @Nullable MessageMode messageMode;

    public ProfileCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        ObjectNode changes = changes();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        MemberApi api = new MemberApi(services, account, mesh, output);
        List<Member> members = member == null && !changes.isEmpty() ? List.of() : api.list();
        String id =
                member == null ? mesh.memberId() : Member.find(member, members).id();
        if (changes.isEmpty()) {
            show(find(id, members), output);
        } else {
            JsonNode changed = api.change(id, changes).path("member");
            show(Member.of(changed), output);
        }
        return ExitCode.SUCCESS;
    }

    private ObjectNode changes() {
        ObjectNode changes = Output.object();
        if (name != null) {
            if (name.isBlank()) {
                throw CliException.invalid("--name must not be empty");
            }
            changes.put("displayName", name);
        }
        if (roleTag != null) {
            changes.put("roleTag", roleTag.isBlank() ? null : roleTag);
        }
        if (groups != null) {
            ArrayNode list = changes.putArray("groups");
            for (GroupChoice group : groups.choices()) {
                ObjectNode entry = list.addObject().put("name", group.name());
                group.role().ifPresent(role -> entry.put("role", role));
            }
        }
        if (messageMode != null) {
            changes.put("messageMode", messageMode.name());
        }
        return changes;
    }

    private static Member find(String id, List<Member> members) {
        return members.stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow(() -> CliException.notFound(
                        "member_not_found", "the server doesn't list this member", "claudemesh member list"));
    }

    private static void show(Member found, Output output) {
        output.document(output.project(found.json()));
        Map<String, String> rows = Output.rows();
        rows.put("name", Output.safe(found.displayName()));
        rows.put("role", Output.safe(found.role()));
        rows.put("details", found.details());
        rows.put("id", Output.safe(found.id()));
        output.pairs(rows);
    }
}

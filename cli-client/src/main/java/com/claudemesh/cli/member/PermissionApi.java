package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.config.AccountUser;
import com.claudemesh.cli.mesh.ServerMesh;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What the members of one mesh may do. */
final class PermissionApi {
    static final List<String> FLAGS = List.of(
            "canInvite",
            "canDeployMcp",
            "canManageFiles",
            "canManageVault",
            "canManageWatches",
            "canManageWebhooks",
            "canWriteState",
            "canSend",
            "canUseTools",
            "canDeleteMesh",
            "canManagePermissions");

    private final AccountSession session;
    private final String path;

    PermissionApi(AccountSession session, ServerMesh mesh) {
        this.session = session;
        this.path = "/cli/mesh/" + ApiClient.segment(mesh.slug()) + "/permissions";
    }

    /** Each member with {@code permissions}, by flag. */
    List<Rights> list() {
        JsonNode body =
                session.broker().get(path).orRefuse("read the permissions").body();
        List<Rights> members = new ArrayList<>();
        body.path("members").forEach(row -> members.add(Rights.of(row)));
        return List.copyOf(members);
    }

    void change(String memberId, List<String> flags, boolean granted) {
        ObjectNode body = Output.object()
                .put(
                        "requester_id",
                        session.credential().user().map(AccountUser::id).orElse(""))
                .put("member_id", memberId);
        ObjectNode permissions = body.putObject("permissions");
        flags.forEach(flag -> permissions.put(flag, granted));
        session.broker().post(path, body).orRefuse("change the permissions");
    }

    /**
     * The flag in its exact spelling; {@code invite} is {@code canInvite}.
     *
     * @throws CliException exit code 3, with the list, when there is no such flag
     */
    static String flag(String typed) {
        return FLAGS.stream()
                .filter(flag -> flag.equalsIgnoreCase(typed) || flag.equalsIgnoreCase("can" + typed))
                .findFirst()
                .orElseThrow(() -> CliException.invalid(
                        "there is no permission \"" + Output.safe(typed) + "\"",
                        "permissions: " + String.join(", ", FLAGS)));
    }
}

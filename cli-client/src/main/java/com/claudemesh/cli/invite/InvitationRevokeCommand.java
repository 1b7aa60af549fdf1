package com.claudemesh.cli.invite;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code invitation revoke}: nobody can join with it from now on; who has joined stays. */
@Command(description = "Withdraw an invitation. Who has joined with it stays.")
public final class InvitationRevokeCommand implements Callable<Integer> {
    private static final int MIN_PREFIX_CHARS = 6;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(paramLabel = "<id>", description = "its id, or the first 6 or more characters")
    private String id = "";

    public InvitationRevokeCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (id.length() < MIN_PREFIX_CHARS) {
            throw CliException.invalid(
                    "an id needs at least " + MIN_PREFIX_CHARS + " characters", "claudemesh invitations");
        }
        Output output = services.output(globals);
        AccountSession session = AccountSession.require(services, account, output);
        SentInvite invite = find(InvitationsCommand.sent(session));
        session.api()
                .delete("/api/my/invites/" + ApiClient.segment(invite.id()))
                .orRefuse("withdraw the invitation");
        output.acknowledge(Output.object().put("revoked", invite.id()));
        output.ok("withdrew the invitation to " + Output.safe(invite.meshSlug()));
        return ExitCode.SUCCESS;
    }

    private SentInvite find(List<SentInvite> invites) {
        List<SentInvite> meant =
                invites.stream().filter(invite -> invite.id().startsWith(id)).toList();
        if (meant.size() > 1) {
            throw new CliException(
                    ExitCode.INVALID_ARGUMENTS,
                    "not_unique",
                    meant.size() + " invitations begin with \"" + Output.safe(id) + "\"",
                    "give more of the id: claudemesh invitations --json id,mesh");
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> CliException.notFound(
                        "not_found",
                        "you have made no invitation that begins with \"" + Output.safe(id) + "\"",
                        "claudemesh invitations"));
    }
}

package com.claudemesh.cli.invite;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.account.AccountOptions;
import com.claudemesh.cli.account.AccountSession;
import com.claudemesh.cli.api.ApiAnswer;
import com.claudemesh.cli.api.ApiClient;
import com.claudemesh.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code invitation decline}: says no to an invitation that came by mail. */
@Command(description = "Decline an invitation to your e-mail address.")
public final class InvitationDeclineCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Parameters(paramLabel = "<id>", description = "its whole id: claudemesh invitations --incoming --json id")
    private String id = "";

    public InvitationDeclineCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        AccountSession session = AccountSession.require(services, account, output);
        ApiAnswer answer = session.api().delete("/api/my/invites/incoming/" + ApiClient.segment(id));
        if (answer.status() == 400) {
            throw CliException.notFound(
                    "not_found",
                    "no invitation with this id waits for you",
                    "claudemesh invitations --incoming --json id,meshName");
        }
        answer.orRefuse("decline the invitation");
        output.acknowledge(Output.object().put("declined", id));
        output.ok("declined");
        return ExitCode.SUCCESS;
    }
}

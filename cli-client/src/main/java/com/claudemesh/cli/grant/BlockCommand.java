package com.claudemesh.cli.grant;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Grant;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code block}: a peer may do nothing. */
@Command(description = "Let a peer do nothing to this member: no message of it arrives.")
public final class BlockCommand extends GrantChange {
    public BlockCommand(VerbServices services) {
        super(services);
    }

    @Override
    Optional<Set<Grant>> changed(Set<Grant> now) {
        return Optional.of(Set.of());
    }

    @Override
    String hint(String typed) {
        return "undo: claudemesh grants reset " + Output.safe(typed);
    }
}

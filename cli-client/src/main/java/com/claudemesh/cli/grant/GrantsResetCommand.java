package com.claudemesh.cli.grant;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.protocol.frame.Grant;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code grants reset}: a peer may do what everybody may. */
@Command(description = "Let a peer do what everybody may.")
public final class GrantsResetCommand extends GrantChange {
    public GrantsResetCommand(VerbServices services) {
        super(services);
    }

    @Override
    Optional<Set<Grant>> changed(Set<Grant> now) {
        return Optional.empty();
    }
}

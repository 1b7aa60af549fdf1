package com.claudemesh.cli.grant;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.protocol.frame.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code revoke}: a peer may do less. */
@Command(description = "Let a peer do less to this member.")
public final class RevokeCommand extends GrantChange {
    @Parameters(
            index = "1..*",
            paramLabel = "capability",
            description = "read, dm, broadcast, state-read, state-write, file-read, or all")
    private List<String> capabilities = new ArrayList<>();

    public RevokeCommand(VerbServices services) {
        super(services);
    }

    @Override
    void check() {
        if (Capabilities.of(capabilities).isEmpty()) {
            throw CliException.invalid("which capabilities?", "claudemesh revoke <peer> <capability…|all>");
        }
    }

    @Override
    Optional<Set<Grant>> changed(Set<Grant> now) {
        now.removeAll(Capabilities.of(capabilities));
        return Optional.of(now);
    }
}

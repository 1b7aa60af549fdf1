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

/** {@code grant}: a peer may do more. */
@Command(description = "Let a peer do more to this member.")
public final class GrantCommand extends GrantChange {
    @Parameters(
            index = "1..*",
            paramLabel = "capability",
            description = "read, dm, broadcast, state-read, state-write, file-read, or all")
    private List<String> capabilities = new ArrayList<>();

    public GrantCommand(VerbServices services) {
        super(services);
    }

    @Override
    void check() {
        if (Capabilities.of(capabilities).isEmpty()) {
            throw CliException.invalid("which capabilities?", "claudemesh grant <peer> <capability…>");
        }
    }

    @Override
    Optional<Set<Grant>> changed(Set<Grant> now) {
        now.addAll(Capabilities.of(capabilities));
        return Optional.of(now);
    }
}

package com.claudemesh.cli.meshbridge;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bridge init}: a configuration to fill in. */
@Command(description = "Print a configuration for bridge run, to fill in.")
public final class BridgeInitCommand implements Callable<Integer> {
    static final String TEMPLATE = """
            # Connects a topic of one mesh with a topic of another: claudemesh bridge run bridge.yaml
            # Keep it readable by its owner only when it holds a secret_key.

            # Over how many bridges a post may go (1-16).
            max_hops: 2

            a:
              # A mesh that this machine has joined: claudemesh list
              mesh: first-mesh
              topic: general
              # Who the bridge is there.
              display_name: bridge
              # lead, member or observer. An observer only reads: nothing is forwarded to that side.
              role: member
              # Only posts with one of these tags, like "#public", leave this side. Without it: all.
              # tags: [public, incident]

            b:
              mesh: second-mesh
              topic: general
              # Instead of mesh, for a member that this machine's configuration does not know:
              # broker_url: wss://mesh.example.org/ws
              # mesh_id: ...
              # member_id: ...
              # pubkey: 64 hexadecimal digits
              # secret_key: 128 hexadecimal digits
            """;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public BridgeInitCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        services.host().out().print(TEMPLATE);
        return ExitCode.SUCCESS;
    }
}

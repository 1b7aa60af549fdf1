package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.Handshake;
import com.claudemesh.cli.net.Handshake.Refused;
import com.claudemesh.cli.net.Reachability;
import com.claudemesh.cli.net.Reachability.Reachable;
import com.claudemesh.cli.net.Reachability.Unreachable;
import com.claudemesh.protocol.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks that talk to the server of every joined mesh. */
final class ServerChecks {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final VerbServices services;

    ServerChecks(VerbServices services) {
        this.services = services;
    }

    List<Check> run() {
        ClientConfig config;
        try {
            config = services.configFile().load();
        } catch (CliException reportedByTheConfigurationCheck) {
            return List.of();
        }
        List<Check> checks = new ArrayList<>();
        for (Membership mesh : config.memberships()) {
            Reachability found = services.meshes().probe(mesh.brokerUrl(), PROBE_TIMEOUT);
            checks.add(reachable(mesh, found));
            if (found instanceof Reachable) {
                checks.add(handshake(mesh, services.meshes().handshake(mesh, services.displayName(config))));
            }
        }
        return checks;
    }

    private static Check reachable(Membership mesh, Reachability found) {
        String name = "server of " + mesh.slug();
        if (found instanceof Unreachable unreachable) {
            return Check.fail(name, unreachable.reason(), "is " + mesh.brokerUrl() + " running and allowed through?");
        }
        return Check.pass(name, ((Reachable) found).latencyMillis() + "ms");
    }

    private static Check handshake(Membership mesh, Handshake answer) {
        String name = "hello to " + mesh.slug();
        if (answer instanceof Refused refused) {
            return Check.fail(name, refused.code() + ": " + refused.reason(), fix(refused.code()));
        }
        return Check.pass(name, "accepted, clocks agree");
    }

    private static String fix(String code) {
        if (code.equals(ErrorCode.TIMESTAMP_SKEW.wire())) {
            return "this machine's clock and the server's differ by more than a minute: set the clock";
        }
        if (code.equals(ErrorCode.REVOKED.wire())) {
            return "the membership was revoked: ask the owner of the mesh";
        }
        return "leave the mesh and join it again with a new invitation";
    }
}

package com.claudemesh.cli.grant;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.NamedMember;
import com.claudemesh.cli.addressing.Recipient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Grant;
import com.claudemesh.protocol.frame.GrantsResult;
import com.claudemesh.protocol.frame.ListGrants;
import com.claudemesh.protocol.frame.SetGrants;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb that changes what one peer may do: first at the server, which decides, then in the local copy. */
abstract class GrantChange implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(index = "0", paramLabel = "peer", description = "a name, a key or a prefix of at least 8 digits")
    private String peer = "";

    GrantChange(VerbServices services) {
        this.services = services;
    }

    /** Refuses arguments that make no sense, before anything is asked. */
    void check() {}

    /** What the peer may do from now on, given what it may now; empty for the defaults of everybody. */
    abstract Optional<Set<Grant>> changed(Set<Grant> now);

    /** How to take it back, or nothing. */
    String hint(String typed) {
        return "";
    }

    @Override
    public final Integer call() {
        check();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            NamedMember members = new NamedMember(connections, services.host().variable("CLAUDEMESH_SESSION_ID"));
            Recipient member = members.member(peer, mesh);
            GrantsResult result = change(connections.to(mesh), member.spec());
            services.grantsFile().store(mesh.slug(), result.grants());
            show(mesh, member, result, output);
        }
        return ExitCode.SUCCESS;
    }

    private GrantsResult change(MeshConnection connection, String key) {
        List<Grant> before =
                connection.ask(new ListGrants(), GrantsResult.class).grants().get(key);
        Set<Grant> now = EnumSet.noneOf(Grant.class);
        now.addAll(before == null ? Capabilities.DEFAULT : before);
        List<Grant> after = changed(now).map(List::copyOf).orElse(null);
        return connection.ask(new SetGrants(Collections.singletonMap(key, after)), GrantsResult.class);
    }

    private void show(Membership mesh, Recipient member, GrantsResult result, Output output) {
        Map<String, List<Grant>> all = result.grants();
        boolean overridden = all.containsKey(member.spec());
        Collection<Grant> may = all.getOrDefault(member.spec(), List.copyOf(Capabilities.DEFAULT));
        output.ok(
                Output.safe(member.label()) + " may: " + Capabilities.text(may), overridden ? "" : "as everybody may");
        String hint = hint(peer);
        if (!hint.isEmpty()) {
            output.hint(hint);
        }
        ObjectNode record = Output.object().put("mesh", mesh.slug()).put("peer", member.spec());
        ArrayNode names = record.putArray("grants");
        may.forEach(capability -> names.add(capability.wire()));
        output.acknowledge(record.put("overridden", overridden));
    }
}

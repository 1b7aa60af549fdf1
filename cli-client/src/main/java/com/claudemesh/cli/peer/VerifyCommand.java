package com.claudemesh.cli.peer;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.NamedMember;
import com.claudemesh.cli.addressing.Recipient;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.BadKeyException;
import com.claudemesh.protocol.crypto.SafetyNumber;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code peer verify}: digits that two people compare aloud, made of both members' keys. */
@Command(
        description = {
            "Show the safety number of you and a peer, or of everybody who is online.",
            "Compare it over another channel: when both see the same, nobody sits between you."
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int SHOWN_KEY_CHARS = 16;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(arity = "0..1", paramLabel = "<peer>", description = "a name, a key or a prefix of at least 8 digits")
    private @Nullable String peer;

    public VerifyCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        Map<String, String> namesByKey;
        try (MeshConnections connections = new MeshConnections(services)) {
            namesByKey = peer == null ? online(mesh, connections) : named(peer, mesh, connections);
        }
        ArrayNode records = Output.array();
        namesByKey.forEach((key, name) -> records.addObject()
                .put("mesh", mesh.slug())
                .put("peer", name)
                .put("pubkey", key)
                .put("safetyNumber", number(mesh, key)));
        output.document(records);
        output.section("safety numbers on " + Output.safe(mesh.slug()) + " (" + records.size() + ")");
        records.forEach(record -> {
            output.text("  "
                    + output.palette().bold(Output.safe(record.path("peer").asText())) + "  "
                    + output.palette().dim(record.path("pubkey").asText().substring(0, SHOWN_KEY_CHARS) + "…"));
            output.text("    " + record.path("safetyNumber").asText());
        });
        output.hint("the other side runs: claudemesh peer verify <your name>");
        output.hint("different digits mean a different key: don't trust what comes from there");
        return ExitCode.SUCCESS;
    }

    /** The key of the member, never of one session: both sides must feed the same two keys in. */
    private Map<String, String> named(String typed, Membership mesh, MeshConnections connections) {
        Recipient found =
                new NamedMember(connections, services.host().variable("CLAUDEMESH_SESSION_ID")).member(typed, mesh);
        return Map.of(found.spec(), found.label());
    }

    private static Map<String, String> online(Membership mesh, MeshConnections connections) {
        Map<String, String> names = new LinkedHashMap<>();
        for (PeerInfo found : connections.online(mesh)) {
            if (!found.memberPubkey().equals(mesh.pubkey())) {
                names.putIfAbsent(found.memberPubkey(), found.displayName());
            }
        }
        return names;
    }

    private static String number(Membership mesh, String key) {
        try {
            return SafetyNumber.of(mesh.pubkey(), key);
        } catch (BadKeyException malformed) {
            throw CliException.invalid("this is no member key: " + Output.safe(key));
        }
    }
}

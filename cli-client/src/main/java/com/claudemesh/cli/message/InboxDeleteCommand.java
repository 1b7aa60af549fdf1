package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.sdk.FileInboxStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code inbox delete}: deletes one received message from this machine. */
@Command(description = "Delete one received message from this machine.")
public final class InboxDeleteCommand implements Callable<Integer> {
    private static final int MIN_PREFIX_CHARS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "<id>", description = "its id, or the first 8 or more characters")
    private String id = "";

    public InboxDeleteCommand(VerbServices services) {
        this.services = services;
    }

    /** A message that the typed id fits. */
    private record Found(Membership mesh, String messageId) {}

    @Override
    public Integer call() {
        Output output = services.output(globals);
        List<Membership> meshes = new MeshSelection(services.configFile().load().memberships()).all(meshOption.slug());
        try {
            Found found = find(meshes, services.inbox());
            services.inbox()
                    .remove(
                            found.mesh().meshId(),
                            stored -> stored.message().messageId().equals(found.messageId()));
            output.acknowledge(Output.object().put("ok", true).put("id", found.messageId()));
            output.ok("deleted " + Output.safe(found.messageId()));
        } catch (IOException failed) {
            throw CliException.io("can't change the inbox: " + failed.getMessage());
        }
        return ExitCode.SUCCESS;
    }

    private Found find(List<Membership> meshes, FileInboxStore inbox) throws IOException {
        List<Found> hits = new ArrayList<>();
        for (Membership mesh : meshes) {
            inbox.list(mesh.meshId(), Integer.MAX_VALUE, false).stream()
                    .map(stored -> stored.message().messageId())
                    .filter(this::fits)
                    .forEach(messageId -> hits.add(new Found(mesh, messageId)));
        }
        if (hits.size() > 1) {
            throw new CliException(
                    ExitCode.INVALID_ARGUMENTS,
                    "not_unique",
                    hits.size() + " messages begin with \"" + Output.safe(id) + "\"",
                    "give more of the id");
        }
        return hits.stream()
                .findFirst()
                .orElseThrow(() -> CliException.notFound(
                        "not_found",
                        "no received message has the id \"" + Output.safe(id) + "\"",
                        "claudemesh inbox --json messageId"));
    }

    private boolean fits(String messageId) {
        return messageId.equals(id) || id.length() >= MIN_PREFIX_CHARS && messageId.startsWith(id);
    }
}

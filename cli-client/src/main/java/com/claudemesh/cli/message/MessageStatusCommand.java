package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.MessageStatusResult;
import com.claudemesh.protocol.frame.MessageStatusResult.Recipient;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code message status}: who has a message, and who has not. */
@Command(description = "Show what became of a message.")
public final class MessageStatusCommand implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{8,32}");
    private static final int SHOWN_KEY_CHARS = 12;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "id", description = "a message id, or its first 8 characters or more")
    private String id = "";

    public MessageStatusCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (!ID.matcher(id).matches()) {
            throw CliException.invalid("id: must be 8 to 32 letters and digits, is \"" + Output.safe(id) + "\"");
        }
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            MessageStatusResult found = connections.to(mesh).ask(new MessageStatus(id), MessageStatusResult.class);
            ObjectNode record = Json.mapper().valueToTree(found);
            record.remove("type");
            output.document(output.project(record));
            show(found, output);
        }
        return ExitCode.SUCCESS;
    }

    private static void show(MessageStatusResult found, Output output) {
        output.section("message " + Output.safe(found.messageId()));
        Map<String, String> rows = Output.rows();
        rows.put("target", Output.safe(found.targetSpec()));
        rows.put("delivered", found.delivered() ? "yes" : "no");
        Optional.ofNullable(found.deliveredAt()).ifPresent(at -> rows.put("delivered at", Output.safe(at)));
        Optional.ofNullable(found.expiresAt()).ifPresent(at -> rows.put("expires", Output.safe(at)));
        output.pairs(rows);
        found.recipients().forEach(recipient -> output.text("  " + line(recipient)));
        Optional.ofNullable(found.moreRecipients()).ifPresent(more -> output.text("  … and " + more + " more"));
    }

    private static String line(Recipient recipient) {
        String key = recipient
                .pubkey()
                .substring(0, Math.min(SHOWN_KEY_CHARS, recipient.pubkey().length()));
        String reason = Optional.ofNullable(recipient.reason())
                .map(why -> ": " + Output.safe(why))
                .orElse("");
        return Output.safe(recipient.name()) + " · " + key + "… · " + Output.safe(recipient.status()) + " ("
                + recipient.state().wire() + reason + ")";
    }
}

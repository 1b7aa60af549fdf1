package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.addressing.Recipient;
import com.claudemesh.cli.net.SendReceipt;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of each target of one send. A single target fails as the verb; of several, each one is told. */
final class SendResults {
    private static final int SHOWN_ID_CHARS = 8;

    private final Output output;
    private final boolean several;
    private final ArrayNode records = Output.array();
    private @Nullable CliException firstFailure;

    SendResults(Output output, boolean several) {
        this.output = output;
        this.several = several;
    }

    void sent(String target, Recipient recipient, SendReceipt receipt) {
        ObjectNode record = records.addObject();
        record.put("ok", true)
                .put("messageId", receipt.messageId())
                .put("target", target)
                .put("targetSpec", recipient.spec())
                .put("mesh", recipient.mesh().slug())
                .put("via", receipt.via().text());
        if (receipt.recipientOffline()) {
            record.put("recipient", "offline");
        }
        output.ok(sentence(recipient, receipt), shortId(receipt.messageId()));
    }

    void failed(String target, CliException failure) {
        firstFailure = Optional.ofNullable(firstFailure).orElse(failure);
        if (several) {
            output.warn(target + ": " + failure.getMessage(), failure.hint());
            records.addObject()
                    .put("ok", false)
                    .put("target", target)
                    .put("error", failure.token())
                    .put("message", failure.getMessage())
                    .put("code", failure.exitCode());
        }
    }

    /**
     * Prints the JSON answer and gives the exit code: that of the first failure.
     *
     * @throws CliException the failure of a single target
     */
    int finish() {
        if (!several) {
            if (firstFailure != null) {
                throw firstFailure;
            }
            output.acknowledge((ObjectNode) records.get(0));
            return ExitCode.SUCCESS;
        }
        ObjectNode all = Output.object().put("ok", firstFailure == null);
        all.set("results", records);
        output.acknowledge(all);
        return firstFailure == null ? ExitCode.SUCCESS : firstFailure.exitCode();
    }

    private static String sentence(Recipient recipient, SendReceipt receipt) {
        String name = Output.safe(recipient.label());
        if (name.startsWith("#")) {
            // It is in the conversation, whoever of its members is there.
            return "posted to " + name;
        }
        return receipt.recipientOffline()
                ? "queued — " + name + " is offline; it will be delivered when they return"
                : "sent to " + name;
    }

    private static String shortId(String messageId) {
        return messageId.substring(0, Math.min(SHOWN_ID_CHARS, messageId.length()));
    }
}

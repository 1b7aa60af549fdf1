package com.claudemesh.cli.setup;

import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;

/** Tells each step of install or uninstall as it is done. */
final class SetupReport {
    private final Output output;
    private final boolean dryRun;
    private final ArrayNode steps = Output.array();
    private boolean changed;

    SetupReport(Output output, boolean dryRun) {
        this.output = output;
        this.dryRun = dryRun;
    }

    void step(String name, StepOutcome outcome, Object where) {
        String word = outcome.name().toLowerCase(Locale.ROOT);
        steps.addObject().put("step", name).put("outcome", word).put("where", where.toString());
        changed |= outcome.changes();
        String told = dryRun && outcome.changes() ? "would be " + word : word;
        if (outcome == StepOutcome.SKIPPED) {
            output.warn(name + " left alone: it belongs to something else", where.toString());
        } else {
            output.ok(name + " " + told, where.toString());
        }
    }

    boolean changed() {
        return changed;
    }

    void finish() {
        output.document(Output.object()
                .put("ok", true)
                .put("dry_run", dryRun)
                .put("changed", changed)
                .set("steps", steps));
    }
}

package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.cli.grammar.Verb;
import com.claudemesh.cli.io.Prompt;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Whether a verb may run: asked once, after its arguments were understood and before anything happens. */
public final class PolicyGate {
    private static final int MAX_REASON_CHARS = 500;

    private final VerbServices services;

    public PolicyGate(VerbServices services) {
        this.services = services;
    }

    /**
     * Returns when the verb may run. Asks the person when the rules say so.
     *
     * @throws CliException exit code 7 when it may not, 3 for a mode or file that there is not
     */
    public void check(Verb verb, Invocation invocation) {
        Optional<Action> action = Actions.of(verb, invocation);
        if (action.isPresent()) {
            check(action.get(), invocation);
        }
    }

    private void check(Action action, Invocation invocation) {
        Host host = services.host();
        ApprovalMode mode = ApprovalMode.of(invocation.value(ApprovalMode.OPTION), invocation.yes(), host);
        CommandCircumstances circumstances = CommandCircumstances.of(services, invocation);
        PolicyFiles files = PolicyFiles.of(services, invocation);
        Verdict verdict = files.load().decide(action, mode, circumstances);
        files.warnings().forEach(warning -> host.err().println("  policy: " + Output.safe(warning)));
        record(action, mode, invocation, verdict.decision().wire(), verdict.reason());
        switch (verdict.decision()) {
            case ALLOW -> {}
            case DENY -> throw denied(action, mode, invocation, verdict);
            case PROMPT -> {
                if (!invocation.yes() && !agrees(action, verdict)) {
                    record(action, mode, invocation, "cancelled-at-prompt", verdict.reason());
                    throw new CliException(
                            ExitCode.PERMISSION_DENIED, "cancelled_at_prompt", "not done: " + action.text(), "");
                }
            }
        }
    }

    private CliException denied(Action action, ApprovalMode mode, Invocation invocation, Verdict verdict) {
        if (mode == ApprovalMode.PLAN) {
            services.host()
                    .err()
                    .println("  plan: claudemesh "
                            + Output.safe(String.join(" ", invocation.words()) + " "
                                    + String.join(" ", invocation.arguments())));
        }
        return new CliException(
                ExitCode.PERMISSION_DENIED,
                "blocked_by_policy",
                "blocked by policy: " + action.text() + because(verdict),
                "decided by " + verdict.source() + "; see: claudemesh policy show");
    }

    private boolean agrees(Action action, Verdict verdict) {
        if (!services.host().interactive()) {
            throw new CliException(
                    ExitCode.PERMISSION_DENIED,
                    "blocked_by_policy",
                    action.text() + " needs your word" + because(verdict) + ", and there is no terminal to ask at",
                    "add --yes, or change " + verdict.source());
        }
        String answer = new Prompt(services.host()).ask(action.text() + because(verdict) + ". Go on? [y/N]");
        return answer.toLowerCase(Locale.ROOT).equals("y")
                || answer.toLowerCase(Locale.ROOT).equals("yes");
    }

    private static String because(Verdict verdict) {
        return verdict.reason().isEmpty() ? "" : " (" + Output.safe(verdict.reason()) + ")";
    }

    /** Best effort: a record that cannot be written keeps nobody from working. */
    private void record(Action action, ApprovalMode mode, Invocation invocation, String decision, String reason) {
        ObjectNode entry = Output.object();
        entry.put("ts", services.host().clock().instant().toString());
        entry.put("resource", action.resource()).put("verb", action.verb());
        invocation.value("--mesh").ifPresent(mesh -> entry.put("mesh", shortened(mesh)));
        entry.put("mode", mode.wire()).put("isWrite", action.changes()).put("yes", invocation.yes());
        entry.put("decision", decision);
        if (!reason.isEmpty()) {
            entry.put("reason", shortened(reason));
        }
        try {
            new PolicyLog(services.home().stateDirectory()).append(entry);
        } catch (UncheckedIOException | CliException failed) {
            services.host().err().println("  policy: the decision could not be recorded: " + failed.getMessage());
        }
    }

    private static String shortened(String text) {
        return text.length() > MAX_REASON_CHARS ? text.substring(0, MAX_REASON_CHARS) : text;
    }
}

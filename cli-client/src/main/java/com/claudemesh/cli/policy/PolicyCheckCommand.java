package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.Verbs;
import com.claudemesh.cli.grammar.ArgumentGrammar;
import com.claudemesh.cli.grammar.Invocation;
import com.claudemesh.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code policy check kick bob}: what would happen to a command line. Does not run it, and records nothing. */
@Command(description = "Tell what would happen to a command line, without running it.")
public final class PolicyCheckCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(arity = "1..*", paramLabel = "<verb> <argument>", description = "the command line, without claudemesh")
    private List<String> line = new ArrayList<>();

    public PolicyCheckCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Invocation invocation = ArgumentGrammar.read(line);
        Action action = Verbs.find(invocation.words())
                .flatMap(verb -> Actions.of(verb, invocation))
                .orElseThrow(() -> CliException.invalid(
                        "no rule is ever asked about \"" + Output.safe(String.join(" ", line)) + "\""));
        ApprovalMode mode = ApprovalMode.of(globals.approvalMode(), globals.yes(), services.host());
        PolicyFiles files = new PolicyFiles(services, globals.policy(), globals.adminPolicy());
        CommandCircumstances circumstances =
                new CommandCircumstances(services, meshOption.slug(), CommandCircumstances.targets(invocation));
        Verdict verdict = files.load().decide(action, mode, circumstances);
        Output output = services.output(globals);
        files.warnings().forEach(warning -> output.warn(Output.safe(warning), ""));
        output.acknowledge(Output.object()
                .put("resource", action.resource())
                .put("verb", action.verb())
                .put("isWrite", action.changes())
                .put("mode", mode.wire())
                .put("decision", verdict.decision().wire())
                .put("reason", verdict.reason())
                .put("source", verdict.source()));
        output.text("  " + verdict.decision().wire() + "  " + action.text()
                + (verdict.reason().isEmpty() ? "" : " (" + Output.safe(verdict.reason()) + ")"));
        output.hint("decided by " + verdict.source());
        return ExitCode.SUCCESS;
    }
}

package com.claudemesh.cli.setup;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code install}: registers the MCP server, the status hooks and the skill with Claude Code. May be repeated. */
@Command(description = "Register with Claude Code: MCP server, status hooks, skill.")
public final class InstallCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Option(names = "--no-hooks", description = "no status hooks")
    private boolean noHooks;

    @Option(names = "--no-skill", description = "no skill")
    private boolean noSkill;

    @Option(names = "--status-line", description = "also the status line")
    private boolean statusLine;

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    public InstallCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        ClaudeFiles files = new ClaudeFiles(services.host().home());
        OwnCommand command = OwnCommand.find(services.host());
        Output output = services.output(globals);
        SetupReport report = new SetupReport(output, dryRun);
        // Both files are read before either is written: an unreadable one leaves everything as it was.
        ObjectNode state = files.readState();
        ObjectNode settings = files.readSettings();
        registerServer(files, state, command, report);
        changeSettings(files, settings, command, report);
        if (!noSkill) {
            BundledSkill skill = new BundledSkill(files.skillsDirectory());
            report.step("skill", skill.install(dryRun), skill.file());
        }
        report.finish();
        if (report.changed() && !dryRun) {
            output.text("");
            output.text("  " + output.palette().bold("Restart Claude Code to load the changes."));
        }
        boolean joined = !services.configFile().load().memberships().isEmpty();
        output.hint(joined ? "claudemesh launch" : "claudemesh join <invitation link>");
        return 0;
    }

    private void registerServer(ClaudeFiles files, ObjectNode state, OwnCommand command, SetupReport report) {
        StepOutcome outcome = McpEntry.put(state, command);
        if (outcome.changes() && !dryRun) {
            files.writeState(state, services.host().clock().instant());
        }
        report.step("MCP server", outcome, files.stateFile());
    }

    private void changeSettings(ClaudeFiles files, ObjectNode settings, OwnCommand command, SetupReport report) {
        StepOutcome hooks = noHooks ? StepOutcome.UNCHANGED : HookEntries.put(settings, command);
        StepOutcome line = statusLine ? StatusLineEntry.put(settings, command) : StepOutcome.UNCHANGED;
        if (!dryRun && (hooks.changes() || line.changes())) {
            files.writeSettings(settings);
        }
        if (!noHooks) {
            report.step("status hooks", hooks, files.settingsFile());
        }
        if (statusLine) {
            report.step("status line", line, files.settingsFile());
        }
    }
}

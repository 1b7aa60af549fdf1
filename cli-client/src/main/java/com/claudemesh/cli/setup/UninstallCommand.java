package com.claudemesh.cli.setup;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code uninstall}: takes back everything that install may have registered. Memberships and keys stay. */
@Command(description = "Remove everything that install registered. Memberships and keys stay.")
public final class UninstallCommand implements Callable<Integer> {
    private static final String TOOL_PREFIX = "mcp__claudemesh__";

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    public UninstallCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        ClaudeFiles files = new ClaudeFiles(services.host().home());
        Output output = services.output(globals);
        SetupReport report = new SetupReport(output, dryRun);
        ObjectNode state = files.readState();
        ObjectNode settings = files.readSettings();
        StepOutcome server = McpEntry.remove(state);
        if (server.changes() && !dryRun) {
            files.writeState(state, services.host().clock().instant());
        }
        report.step("MCP server", server, files.stateFile());
        removeSettings(files, settings, report);
        BundledSkill skill = new BundledSkill(files.skillsDirectory());
        report.step("skill", skill.remove(dryRun), skill.file());
        report.finish();
        if (!report.changed()) {
            output.text("  nothing of claudemesh was registered");
        }
        return 0;
    }

    private void removeSettings(ClaudeFiles files, ObjectNode settings, SetupReport report) {
        StepOutcome hooks = HookEntries.remove(settings);
        StepOutcome line = StatusLineEntry.remove(settings);
        StepOutcome tools = removeTools(settings);
        if (!dryRun && (hooks.changes() || line.changes() || tools.changes())) {
            files.writeSettings(settings);
        }
        report.step("status hooks", hooks, files.settingsFile());
        report.step("status line", line, files.settingsFile());
        report.step("allowed tools", tools, files.settingsFile());
    }

    private static StepOutcome removeTools(ObjectNode settings) {
        if (!(settings.path("allowedTools") instanceof ArrayNode tools)) {
            return StepOutcome.UNCHANGED;
        }
        int before = tools.size();
        for (int i = tools.size() - 1; i >= 0; i--) {
            if (tools.get(i).asText().startsWith(TOOL_PREFIX)) {
                tools.remove(i);
            }
        }
        return tools.size() < before ? StepOutcome.REMOVED : StepOutcome.UNCHANGED;
    }
}

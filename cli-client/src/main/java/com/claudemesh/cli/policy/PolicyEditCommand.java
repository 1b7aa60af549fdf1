package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy edit}: opens the person's rules in {@code $VISUAL} or {@code $EDITOR}, and reads them afterwards. */
@Command(description = "Change your rules in your editor.")
public final class PolicyEditCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public PolicyEditCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        PolicyFiles files = new PolicyFiles(services, globals.policy(), globals.adminPolicy());
        files.load();
        Path file = files.userFile();
        edit(file);
        PolicyFiles edited = new PolicyFiles(services, globals.policy(), globals.adminPolicy());
        int rules = edited.load().user().policy().rules().size();
        Output output = services.output(globals);
        if (!edited.warnings().isEmpty()) {
            edited.warnings().forEach(warning -> output.warn(Output.safe(warning), ""));
            throw CliException.invalid("the policy has mistakes", "claudemesh policy edit");
        }
        output.acknowledge(
                Output.object().put("ok", true).put("file", file.toString()).put("rules", rules));
        output.ok(rules + " rules", file.toString());
        return ExitCode.SUCCESS;
    }

    private void edit(Path file) throws InterruptedException {
        String editor = services.host()
                .variable("VISUAL")
                .or(() -> services.host().variable("EDITOR"))
                .orElseThrow(() -> CliException.invalid("set EDITOR to your editor, or change " + file));
        List<String> command = new ArrayList<>(List.of(editor.strip().split("\\s+")));
        command.add(file.toString());
        try {
            int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exitCode != 0) {
                throw new CliException(ExitCode.CANCELLED, "cancelled", "the editor ended with " + exitCode, "");
            }
        } catch (IOException failed) {
            throw CliException.io("can't start " + Output.safe(editor) + ": " + failed.getMessage());
        }
    }
}

package com.claudemesh.cli.meshbridge;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.io.StopSignals;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.InvalidFieldException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bridge run}: connects a topic of two meshes until it is told to stop. */
@Command(description = "Connect a topic of one mesh with a topic of another, until Ctrl-C.")
public final class BridgeRunCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Parameters(paramLabel = "<config>", description = "file as claudemesh bridge init prints it; YAML or JSON")
    private Path config = Path.of("bridge.yaml");

    public BridgeRunCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        Output output = services.output(globals);
        Path file = services.host().workingDirectory().resolve(config);
        String text = PrivateFiles.read(file)
                .orElseThrow(() -> CliException.notFound(
                        "config_not_found", "there is no file " + file, "claudemesh bridge init > " + config));
        BridgeConfig parsed =
                BridgeConfig.parse(text, services.configFile().load().memberships());
        try (TopicBridge bridge = new TopicBridge(parsed, services, output);
                StopSignals signals = new StopSignals(bridge::stop)) {
            return bridge.run();
        } catch (InvalidFieldException unusable) {
            throw CliException.invalid("the configuration can't be used: " + unusable.getMessage());
        }
    }
}

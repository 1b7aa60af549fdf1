package com.claudemesh.cli.mcp;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.sdk.FileInboxStore;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** {@code mcp}: serves the host on standard input and output until the input ends or the process is told to stop. */
@Command(description = "Serve Claude Code over MCP: messages arrive in its conversation. Started by Claude Code.")
public final class McpCommand implements Callable<Integer> {
    private final VerbServices services;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public McpCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        ClientConfig config = services.configFile().load();
        Participant who = Participant.of(services, config);
        FileInboxStore inbox = services.inbox();
        return run(who, meshes(config), inbox, new SdkMeshLinks(who, inbox, services.topicKeys()));
    }

    private List<Membership> meshes(ClientConfig config) {
        List<Membership> joined = config.memberships();
        return joined.isEmpty() && meshOption.slug().isEmpty()
                ? joined
                : new MeshSelection(joined).all(meshOption.slug());
    }

    private int run(Participant who, List<Membership> meshes, FileInboxStore inbox, MeshLinks links)
            throws InterruptedException {
        Host host = services.host();
        CountDownLatch done = new CountDownLatch(1);
        Diagnostics log = new Diagnostics(host.err());
        PrintStream standardOutput = System.out;
        System.setOut(host.err());
        SignalHandler term = Signal.handle(new Signal("TERM"), signal -> done.countDown());
        SignalHandler interrupt = Signal.handle(new Signal("INT"), signal -> done.countDown());
        try (links;
                ThreadTimer timer = new ThreadTimer(log, "mcp-timer");
                ThreadTimer background = new ThreadTimer(log, "mcp-topics");
                McpProcess process = new McpProcess(services, who, inbox, timer, background, log, done::countDown)) {
            process.start(meshes, links);
            done.await();
            return ExitCode.SUCCESS;
        } finally {
            Signal.handle(new Signal("TERM"), term);
            Signal.handle(new Signal("INT"), interrupt);
            System.setOut(standardOutput);
        }
    }
}

package com.claudemesh.bench.load;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.ServerApi;
import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "load",
        description = "Send direct messages between freshly made members and print one JSON line of figures.")
public final class LoadCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--senders", defaultValue = "10", description = "sending members (default 10)")
    private int senders;

    @Option(names = "--messages", defaultValue = "100", description = "messages of each sender (default 100)")
    private int messages;

    @Option(names = "--rate", defaultValue = "0", description = "messages per second in all, 0 for as fast as possible")
    private int perSecond;

    @Option(names = "--window", defaultValue = "64", description = "unacknowledged sends per sender (default 64)")
    private int window;

    @Option(names = "--size", defaultValue = "200", description = "characters of plaintext (default 200)")
    private int textChars;

    @Option(
            names = "--warm-up",
            defaultValue = "0",
            description = "messages of each sender that are sent before, and do not count (default 0)")
    private int warmUp;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            description = "seconds to wait for the last message (default 120)")
    private int timeoutSeconds;

    @Override
    public Integer call() throws Exception {
        if (senders < 1 || messages < 1 || warmUp < 0 || window < 1 || textChars < 40) {
            throw new IllegalArgumentException(
                    "--senders, --messages and --window from 1, --size from 40, --warm-up from 0");
        }
        if (warmUp > 0) {
            run(warmUp);
        }
        LoadReport report = run(messages);
        System.out.println(Json.mapper().writeValueAsString(report));
        return report.complete() ? 0 : 1;
    }

    private LoadReport run(int messagesPerSender) throws Exception {
        ServerApi api = server.connect();
        ProvisionedMesh mesh = new Provisioner(api).mesh("load", 2 * senders);
        LoadRun.Plan plan = new LoadRun.Plan(
                senders, messagesPerSender, perSecond, window, textChars, Duration.ofSeconds(timeoutSeconds));
        return new LoadRun(api.webSocketUrl(), server.state(), mesh, plan).run();
    }
}

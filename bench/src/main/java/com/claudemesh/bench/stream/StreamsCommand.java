package com.claudemesh.bench.stream;

import com.claudemesh.bench.provision.ProvisionedMesh;
import com.claudemesh.bench.provision.Provisioner;
import com.claudemesh.bench.server.ServerApi;
import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "streams",
        description = "Open many streams of one topic, post to it steadily, and print one JSON line of figures.")
public final class StreamsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--streams", defaultValue = "1000", description = "readers (default 1000)")
    private int streams;

    @Option(names = "--rate", defaultValue = "10", description = "posts per second (default 10)")
    private int perSecond;

    @Option(names = "--seconds", defaultValue = "20", description = "how long (default 20)")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        if (streams < 1 || perSecond < 1 || seconds < 1) {
            throw new IllegalArgumentException("--streams, --rate and --seconds from 1");
        }
        ServerApi api = server.connect();
        ProvisionedMesh mesh = new Provisioner(api).mesh("streams", 1);
        StreamsReport report =
                new StreamsRun(api.webSocketUrl(), server.state(), mesh, streams, perSecond * seconds, perSecond).run();
        System.out.println(Json.mapper().writeValueAsString(report));
        return report.complete() ? 0 : 1;
    }
}

package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb about one topic of one mesh. */
abstract class TopicVerb implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(index = "0", paramLabel = "<topic>", description = "name or id, with or without #")
    private String topic = "";

    TopicVerb(VerbServices services) {
        this.services = services;
    }

    @Override
    public final Integer call() {
        String name = TopicFinder.plain(topic);
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            return run(name, mesh, connections.to(mesh), output);
        }
    }

    final VerbServices services() {
        return services;
    }

    /**
     * Does the work.
     *
     * @param name as typed, without {@code #}
     * @throws CliException when it can't
     */
    abstract int run(String name, Membership mesh, MeshConnection connection, Output output);
}

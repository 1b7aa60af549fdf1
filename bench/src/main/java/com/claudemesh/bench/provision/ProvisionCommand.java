package com.claudemesh.bench.provision;

import com.claudemesh.bench.server.ServerOptions;
import com.claudemesh.protocol.frame.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "provision", description = "Make meshes with members and print one JSON object per mesh.")
public final class ProvisionCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--members", defaultValue = "2", description = "members per mesh, 1 or more (default 2)")
    private int members;

    @Option(names = "--meshes", defaultValue = "1", description = "meshes, 1 or more (default 1)")
    private int meshes;

    @Option(names = "--name", defaultValue = "bench", description = "name of the meshes (default bench)")
    private String name;

    @Override
    public Integer call() throws Exception {
        if (members < 1 || meshes < 1) {
            throw new IllegalArgumentException("--members and --meshes must be at least 1");
        }
        Provisioner provisioner = new Provisioner(server.connect());
        for (int i = 0; i < meshes; i++) {
            System.out.println(Json.mapper().writeValueAsString(provisioner.mesh(name, members)));
        }
        return 0;
    }
}

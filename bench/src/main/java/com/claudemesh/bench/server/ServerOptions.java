package com.claudemesh.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which server to talk to, and as whom. */
public final class ServerOptions {
    @Option(names = "--server", required = true, description = "base address, for example http://127.0.0.1:7900")
    private URI server;

    @Option(names = "--data", required = true, description = "the server's data directory, which holds operator-token")
    private Path data;

    /** Processes and database of that server, which runs on this machine. */
    public ServerState state() {
        return new ServerState(data);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(server.getHost(), server.getPort() < 0 ? 80 : server.getPort());
    }

    /** The server's interface for the operator whose token lies in the data directory. */
    public ServerApi connect() throws IOException {
        Path token = data.resolve("operator-token");
        if (!Files.isReadable(token)) {
            throw new IOException("no readable operator-token in " + data + "; is this the server's --data directory?");
        }
        return new ServerApi(server, Files.readString(token).strip());
    }
}

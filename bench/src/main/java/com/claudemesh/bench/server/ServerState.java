package com.claudemesh.bench.server;

import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * What runs for a data directory on this machine, as the supervisor says it at the moment of the call: processes and the
 * embedded database.
 */
public record ServerState(Path data) {

    public ProcessProbe server() throws IOException {
        return process("server");
    }

    public ProcessProbe postgres() throws IOException {
        return process("postgres");
    }

    public JavaHeap heap() throws IOException {
        return new JavaHeap(server().pid());
    }

    /** Whether the supervisor's file is there, so that processes and database can be asked for. */
    public boolean isKnown() {
        return Files.isReadable(file());
    }

    public InetSocketAddress address() throws IOException {
        URI http = URI.create(read().path("http").asText());
        return new InetSocketAddress(http.getHost(), http.getPort());
    }

    /** A connection of the embedded database's superuser to the server's database; the caller closes it. */
    public Connection database() throws IOException, SQLException {
        int port = read().path("postgresPort").asInt();
        if (port == 0) {
            throw new IOException("the server of " + data + " has no embedded database");
        }
        String password = Files.readString(data.resolve("postgres-password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/claudemesh", "postgres", password);
    }

    private ProcessProbe process(String name) throws IOException {
        long pid = read().path(name).path("pid").asLong();
        if (pid == 0) {
            throw new IOException("no " + name + " runs for " + data);
        }
        return new ProcessProbe(pid);
    }

    private JsonNode read() throws IOException {
        if (!isKnown()) {
            throw new IOException(
                    "no supervisor.json in " + data + "; is this the --data directory of a running server?");
        }
        return Json.mapper().readTree(Files.readString(file()));
    }

    private Path file() {
        return data.resolve("supervisor.json");
    }
}

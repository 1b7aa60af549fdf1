package com.claudemesh.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payara as one Java process, started directly. */
final class ApplicationServer {
    private static final int STOP_PATIENCE_SECONDS = 25;

    private final Home home;
    private final DataDirectory data;
    private final ServerDomain domain;
    private final ServerEnvironment environment;
    private final List<String> moreJavaOptions;
    private @Nullable Process process;

    ApplicationServer(Home home, DataDirectory data, ServerEnvironment environment, List<String> moreJavaOptions) {
        this.home = home;
        this.data = data;
        this.domain = new ServerDomain(home, data);
        this.environment = environment;
        this.moreJavaOptions = moreJavaOptions;
    }

    boolean isPrepared() throws IOException {
        return domain.isPrepared();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Nullable
    ProcessRef reference() {
        return process == null ? null : ProcessRef.of(process.toHandle());
    }

    /** Starts the process and returns at once. Returns what it will write about this start. */
    StartupLog start() throws IOException {
        boolean prepared = domain.isPrepared();
        if (!prepared) {
            domain.makeAnew();
        }
        StartupLog log = StartupLog.from(data);
        ProcessBuilder builder = new ProcessBuilder(Processes.inOwnSession(command(!prepared)))
                .directory(data.domain().toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.serverConsole().toFile());
        environment.copyInto(builder.environment());
        process = builder.start();
        process.getOutputStream().close();
        return log;
    }

    /** To be called when the server is ready. */
    void markPrepared() throws IOException {
        domain.markPrepared();
    }

    private List<String> command(boolean first) {
        Path payara = home.payara();
        Path config = data.domain().resolve("config");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Leftovers.markerOf(data),
                "@" + home.javaOptions(),
                "-Dcom.sun.aas.installRoot=" + payara,
                "-Dcom.sun.aas.instanceRoot=" + data.domain(),
                "-Djava.security.auth.login.config=" + config.resolve("login.conf"),
                "-Djava.security.policy=" + config.resolve("server.policy"),
                "-Djavax.net.ssl.keyStore=" + config.resolve("keystore.p12"),
                "-Djavax.net.ssl.trustStore=" + config.resolve("cacerts.p12"),
                "-Xbootclasspath/a:" + payara.resolve("lib/grizzly-npn-api.jar"),
                "-XX:ErrorFile=" + data.logs().resolve("server-crash.log")));
        command.addAll(moreJavaOptions);
        command.addAll(List.of(
                "-cp",
                payara.resolve("modules/glassfish.jar").toString(),
                "com.sun.enterprise.glassfish.bootstrap.ASMain",
                "-domaindir",
                data.domain().toString(),
                "-domainname",
                "server",
                "-instancename",
                "server",
                "-type",
                "DAS",
                "-read-stdin",
                "false",
                "-upgrade",
                "false",
                "-verbose",
                "false"));
        if (first) {
            command.addAll(List.of(
                    "-prebootcommandfile",
                    home.configureCommands().toString(),
                    "-postbootcommandfile",
                    home.deployCommands().toString()));
        }
        return command;
    }

    /** Asks the process to end, which closes its sockets in order, and waits. */
    void stop() {
        if (process != null && process.isAlive()) {
            process.destroy();
            Processes.awaitEnd(process.toHandle(), STOP_PATIENCE_SECONDS);
        }
    }

    /** The last thing the process printed, for the case that it ended by itself. */
    String lastWords() throws IOException {
        String text = Files.exists(data.serverConsole()) ? Files.readString(data.serverConsole()) : "";
        return text.lines().filter(line -> !line.isBlank()).reduce("it said nothing", (before, line) -> line.strip());
    }
}

package com.claudemesh.cli.setup;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.CommandRunner;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.TerminalStreams;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.Version;
import com.claudemesh.cli.bridge.BridgeRequest;
import com.claudemesh.cli.bridge.BridgeServer;
import com.claudemesh.cli.bridge.BridgeSession;
import com.claudemesh.cli.config.ConfigFile;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code warm-up}: runs the usual verbs once against a server of its own, so that the launcher's class archive contains
 * what they load. Touches nothing but a temporary directory.
 */
@Command(description = "Load what the usual verbs load, for the launcher's class archive.")
public final class WarmUpCommand implements Callable<Integer> {
    private static final List<List<String>> REHEARSED = List.of(
            List.of("list"),
            List.of("list", "--json"),
            List.of("peers"),
            List.of("peers", "--json"),
            List.of("send", "somebody", "hello"),
            List.of("send", "--json", "@all", "hello"),
            List.of("status", "--json"),
            List.of("status-line"),
            List.of("inbox", "--json", "--wait", "0.01"),
            List.of("inbox"),
            List.of("send", "--help"));
    private static final List<List<String>> REHEARSED_BESIDE_A_SESSION =
            List.of(List.of("peers"), List.of("send", "somebody", "hello"));
    private static final String DISPLAY_NAME = "rehearsal";

    private final VerbServices services;

    public WarmUpCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        try (RehearsalBroker broker = new RehearsalBroker()) {
            Path directory = Files.createTempDirectory("claudemesh-warm-up");
            try {
                rehearse(broker, directory);
            } finally {
                delete(directory);
            }
            return 0;
        } catch (IOException failed) {
            throw CliException.io("can't rehearse: " + failed.getMessage());
        }
    }

    private void rehearse(RehearsalBroker broker, Path directory) throws IOException {
        SigningKeyPair keys = SigningKeyPair.generate();
        Membership mesh = new Membership(
                "rehearsal",
                "member",
                "rehearsal",
                "rehearsal",
                keys.publicHex(),
                keys.secretHex(),
                broker.url(),
                "",
                null,
                1);
        new ConfigFile(directory.resolve("config.json"))
                .update(config -> config.with(mesh).withDisplayName(DISPLAY_NAME));
        Map<String, String> environment = new HashMap<>(Map.of(ConfigHome.CONFIG_VARIABLE, directory.toString()));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Host host = new Host(
                environment,
                directory,
                directory,
                services.host().in(),
                nowhere,
                nowhere,
                new TerminalStreams(false, false, false),
                services.host().clock());
        VerbServices rehearsed = VerbServices.of(host);
        REHEARSED.forEach(line -> new CommandRunner(rehearsed).run(line));
        Path socket =
                rehearsed.home().bridgeSockets(mesh.slug(), Optional.empty()).get(0);
        try (BridgeServer session = BridgeServer.open(socket, request -> answer(request, mesh))) {
            REHEARSED_BESIDE_A_SESSION.forEach(line -> new CommandRunner(rehearsed).run(line));
        }
    }

    /** As a session would answer that sees nobody. */
    private static CompletableFuture<JsonNode> answer(BridgeRequest request, Membership mesh) {
        if (request instanceof BridgeRequest.Hello) {
            return CompletableFuture.completedFuture(new BridgeSession(
                            Version.current(), mesh.slug(), mesh.meshId(), "session", mesh.pubkey(), DISPLAY_NAME, true)
                    .json());
        }
        return CompletableFuture.completedFuture(
                request instanceof BridgeRequest.Peers
                        ? Output.array().add(RehearsalBroker.peer())
                        : Output.object().put("messageId", "rehearsal"));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

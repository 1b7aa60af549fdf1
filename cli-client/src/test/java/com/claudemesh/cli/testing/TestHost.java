package com.claudemesh.cli.testing;

import com.claudemesh.cli.CommandRunner;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.TerminalStreams;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.HttpInviteGateway;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.encoding.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines in a directory of their own, with fake servers, and keeps what they print. */
public final class TestHost {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Path home;
    private final Map<String, String> environment = new HashMap<>(
            // Rules have tests of their own; those of verbs are not about them.
            Map.of("USER", "carol", "PATH", "", "CLAUDEMESH_APPROVAL_MODE", "yolo"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeMeshGateway meshes = new FakeMeshGateway();
    private final FakeInviteGateway invites = new FakeInviteGateway();
    private boolean realInvites;
    private TerminalStreams terminal = new TerminalStreams(false, false, false);
    private String input = "";

    public TestHost(Path home) {
        this.home = home;
    }

    public TestHost with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public TestHost withInput(String text) {
        input = text;
        return this;
    }

    public TestHost withTerminal() {
        terminal = new TerminalStreams(true, true, true);
        return this;
    }

    /** Invitations are redeemed over HTTP, at whatever server they name. */
    public TestHost withRealInvites() {
        realInvites = true;
        return this;
    }

    public FakeMeshGateway meshes() {
        return meshes;
    }

    public FakeInviteGateway invites() {
        return invites;
    }

    public Host host() {
        return new Host(
                environment,
                home,
                home,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                stream(out),
                stream(err),
                terminal,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public VerbServices services() {
        Host host = host();
        return new VerbServices(host, ConfigHome.of(host), meshes, realInvites ? new HttpInviteGateway(host) : invites);
    }

    /** Forgets earlier output, runs, and answers the exit code. */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        return new CommandRunner(services()).run(List.of(arguments));
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JsonReader.read(out()).orElseThrow(() -> new AssertionError("not one JSON document: " + out()));
    }

    public ClientConfig config() {
        return services().configFile().load();
    }

    /** Stores a membership with a new key pair. */
    public Membership joined(String slug) {
        return joined(slug, "ws://127.0.0.1:9/ws");
    }

    /** As {@link #joined(String)}, at this server. */
    public Membership joined(String slug, String brokerUrl) {
        SigningKeyPair keys = SigningKeyPair.generate();
        Membership mesh = new Membership(
                "mesh-" + slug,
                "member-of-" + slug,
                slug,
                slug,
                keys.publicHex(),
                keys.secretHex(),
                brokerUrl,
                NOW.toString(),
                null,
                1);
        services().configFile().update(config -> config.with(mesh));
        return mesh;
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}

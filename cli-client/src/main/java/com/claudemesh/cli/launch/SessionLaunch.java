package com.claudemesh.cli.launch;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.ConfigHome;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.SessionIdentity;
import com.claudemesh.cli.output.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts claude as a peer of one mesh and stays until it ends. */
final class SessionLaunch {
    private final VerbServices services;
    private final Output output;

    SessionLaunch(VerbServices services, Output output) {
        this.services = services;
        this.output = output;
    }

    /**
     * Answers claude's own exit code.
     *
     * @throws CliException exit code 9 when claude is not installed, 8 when it can't be started
     */
    int run(Membership mesh, LaunchOptions options, List<String> passthrough) {
        Host host = services.host();
        Path claude = ClaudeBinary.find(host).orElseThrow(() -> claudeMissing(mesh));
        ClientConfig config = services.configFile().load();
        SessionIdentity identity = identity(options, config);
        services.lastUsed()
                .store(
                        mesh.slug(),
                        identity.displayName(),
                        identity.role(),
                        host.clock().instant());
        SessionDirectory.deleteAbandoned(
                Path.of(System.getProperty("java.io.tmpdir")), host.clock().instant());
        ClaudeCommand command = ClaudeCommand.of(claude, options, passthrough);
        try (SessionDirectory directory = SessionDirectory.create(ClientConfig.ofSession(mesh, identity))) {
            banner(mesh, identity, directory);
            ProcessBuilder process = new ProcessBuilder(command.words());
            process.directory(host.workingDirectory().toFile());
            process.environment().clear();
            process.environment().putAll(host.environment());
            process.environment().putAll(variables(directory, identity, command));
            return new ForegroundProcess(host).run(process, directory);
        }
    }

    private SessionIdentity identity(LaunchOptions options, ClientConfig config) {
        String name = Optional.ofNullable(options.name).orElseGet(() -> services.displayName(config));
        Optional<String> role = Optional.ofNullable(options.role)
                .or(config::role)
                .or(() -> services.host().variable("CLAUDEMESH_ROLE"));
        return new SessionIdentity(name, role, options.groups.choices(), options.messageMode);
    }

    private Map<String, String> variables(SessionDirectory directory, SessionIdentity identity, ClaudeCommand command) {
        Map<String, String> added = Output.rows();
        added.put(ConfigHome.CONFIG_VARIABLE, directory.path().toString());
        added.put(
                ConfigHome.STATE_VARIABLE,
                services.home().stateDirectory().toAbsolutePath().toString());
        added.put("CLAUDEMESH_DISPLAY_NAME", identity.displayName());
        command.sessionId().ifPresent(id -> added.put("CLAUDEMESH_SESSION_ID", id));
        identity.role().ifPresent(role -> added.put("CLAUDEMESH_ROLE", role));
        Map<String, String> environment = services.host().environment();
        added.put("MCP_TIMEOUT", environment.getOrDefault("MCP_TIMEOUT", "30000"));
        added.put("MAX_MCP_OUTPUT_TOKENS", environment.getOrDefault("MAX_MCP_OUTPUT_TOKENS", "50000"));
        return added;
    }

    private void banner(Membership mesh, SessionIdentity identity, SessionDirectory directory) {
        output.section("claudemesh");
        Map<String, String> rows = Output.rows();
        rows.put("name", Output.safe(identity.displayName()));
        identity.role().ifPresent(role -> rows.put("role", Output.safe(role)));
        rows.put("mesh", Output.safe(mesh.slug()));
        if (!identity.groups().isEmpty()) {
            rows.put(
                    "groups",
                    identity.groups().stream().map(group -> "@" + group.name()).collect(Collectors.joining(", ")));
        }
        rows.put("messages", identity.messageMode().name());
        rows.put("config", directory.path().toString());
        output.pairs(rows);
        output.hint("peers send text only; what they say is never an order");
        output.text("");
    }

    private static CliException claudeMissing(Membership mesh) {
        return new CliException(
                ExitCode.CLAUDE_MISSING,
                "claude_missing",
                "claude was not found",
                "install Claude Code or set CLAUDE_BIN, then: claudemesh launch " + Output.safe(mesh.slug()));
    }
}

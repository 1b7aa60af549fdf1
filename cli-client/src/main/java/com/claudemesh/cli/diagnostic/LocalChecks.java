package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.launch.ClaudeBinary;
import com.claudemesh.cli.setup.ClaudeFiles;
import com.claudemesh.cli.setup.HookEntries;
import com.claudemesh.cli.setup.McpEntry;
import com.claudemesh.protocol.crypto.BadKeyException;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks of this machine that need no network. */
final class LocalChecks {
    private static final int REQUIRED_JAVA = 17;

    private final VerbServices services;
    private final ClaudeFiles files;

    LocalChecks(VerbServices services) {
        this.services = services;
        this.files = new ClaudeFiles(services.host().home());
    }

    List<Check> run() {
        List<Check> checks = new ArrayList<>(List.of(java(), claude(), mcp(), hooks(), config()));
        checks.addAll(keys());
        return checks;
    }

    private static Check java() {
        int found = Runtime.version().feature();
        String detail = "Java " + found;
        return found >= REQUIRED_JAVA
                ? Check.pass("runtime", detail)
                : Check.fail("runtime", detail, "install Java " + REQUIRED_JAVA + " or newer");
    }

    private Check claude() {
        Optional<Path> found = ClaudeBinary.find(services.host());
        return found.map(path -> Check.pass("claude found", path.toString()))
                .orElseGet(() -> Check.fail("claude found", "not on PATH", "install Claude Code, or set CLAUDE_BIN"));
    }

    private Check mcp() {
        return reading("MCP server registered", () -> McpEntry.isRegistered(files.readState()));
    }

    private Check hooks() {
        return reading("hooks registered", () -> HookEntries.areRegistered(files.readSettings()));
    }

    private static Check reading(String name, java.util.function.BooleanSupplier registered) {
        try {
            return registered.getAsBoolean()
                    ? Check.pass(name, "")
                    : Check.fail(name, "no entry", "run: claudemesh install");
        } catch (CliException unreadable) {
            return Check.fail(name, Optional.ofNullable(unreadable.getMessage()).orElse(""), unreadable.hint());
        }
    }

    private Check config() {
        Path file = services.home().configFile();
        String name = "configuration";
        try {
            services.configFile().load();
        } catch (CliException unreadable) {
            return Check.fail(name, Optional.ofNullable(unreadable.getMessage()).orElse(""), unreadable.hint());
        }
        Optional<String> mode = PrivateFiles.mode(file);
        boolean open =
                mode.filter(found -> !found.equals(StatusCommand.PRIVATE_MODE)).isPresent();
        return open
                ? Check.fail(name, file + " is " + mode.get(), "chmod 600 " + file)
                : Check.pass(name, file.toString());
    }

    private List<Check> keys() {
        try {
            return services.configFile().load().memberships().stream()
                    .map(LocalChecks::key)
                    .toList();
        } catch (CliException reportedByTheConfigurationCheck) {
            return List.of();
        }
    }

    private static Check key(Membership mesh) {
        String name = "key pair of " + mesh.slug();
        try {
            boolean matches = mesh.keysWellFormed()
                    && SigningKeyPair.fromSecretHex(mesh.secretKey())
                            .publicHex()
                            .equals(mesh.pubkey());
            return matches ? Check.pass(name, "") : Check.fail(name, "the keys don't match", "leave and join again");
        } catch (BadKeyException malformed) {
            return Check.fail(name, "the secret key is malformed", "leave and join again");
        }
    }
}

package com.claudemesh.cli.policy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.grammar.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where policies are, and what they say. */
final class PolicyFiles {
    private static final String OPTION = "--policy";
    private static final String ADMIN_OPTION = "--admin-policy";
    private static final String VARIABLE = "CLAUDEMESH_POLICY";
    private static final Path ADMIN_FILE = Path.of("/etc/claudemesh/admin-policy.yaml");
    private static final String DEFAULTS = "default-policy.yaml";

    private final VerbServices services;
    private final Optional<String> userOption;
    private final Optional<String> adminOption;
    private final List<String> warnings = new ArrayList<>();

    /** @param userOption the value of {@code --policy}, {@code adminOption} that of {@code --admin-policy} */
    PolicyFiles(VerbServices services, Optional<String> userOption, Optional<String> adminOption) {
        this.services = services;
        this.userOption = userOption;
        this.adminOption = adminOption;
    }

    static PolicyFiles of(VerbServices services, Invocation invocation) {
        return new PolicyFiles(services, invocation.value(OPTION), invocation.value(ADMIN_OPTION));
    }

    /** What was wrong with what was read so far. */
    List<String> warnings() {
        return warnings;
    }

    /** The person's file: the named one, which must be there, else the one beside the configuration. */
    Path userFile() {
        return named().orElseGet(() -> services.home().stateDirectory().resolve("policy.yaml"));
    }

    private Optional<Path> named() {
        return userOption
                .or(() -> services.host().variable(VARIABLE))
                .map(name -> services.host().workingDirectory().resolve(name));
    }

    /** The file of the machine, and the named one in addition: an option must not switch the former off. */
    List<Path> adminFiles() {
        List<Path> files = new ArrayList<>();
        if (Files.exists(ADMIN_FILE)) {
            files.add(ADMIN_FILE);
        }
        adminOption
                .map(name -> services.host().workingDirectory().resolve(name))
                .ifPresent(files::add);
        return files;
    }

    /** Reads everything. The person's own file is made with the defaults when there is none. */
    PolicyRules load() {
        List<PolicyRule> rules = new ArrayList<>();
        Decision fallback = Decision.ALLOW;
        boolean unreadable = false;
        List<Path> files = adminFiles();
        for (Path file : files) {
            Optional<Policy> policy = parse(file, required(file));
            unreadable |= policy.isEmpty();
            rules.addAll(policy.map(Policy::rules).orElse(List.of()));
            Decision stated = policy.map(Policy::fallback).orElse(Decision.ALLOW);
            fallback = stated.compareTo(fallback) > 0 ? stated : fallback;
        }
        String place = files.isEmpty() ? "" : files.get(0).toString();
        return new PolicyRules(
                new PolicyRules.Source(new Policy(fallback, rules, List.of()), place), user(), unreadable);
    }

    private PolicyRules.Source user() {
        Path file = userFile();
        String text =
                named().isPresent() ? required(file) : PrivateFiles.read(file).orElseGet(() -> made(file));
        return new PolicyRules.Source(parse(file, text).orElseGet(PolicyFiles::defaults), file.toString());
    }

    private static String required(Path file) {
        return PrivateFiles.read(file).orElseThrow(() -> CliException.invalid("there is no policy file " + file));
    }

    private static String made(Path file) {
        String text = defaultText();
        PrivateFiles.replace(file, text);
        return text;
    }

    private Optional<Policy> parse(Path file, String text) {
        try {
            Policy policy = PolicyText.parse(text);
            policy.warnings().forEach(warning -> warnings.add(file + ": " + warning));
            return Optional.of(policy);
        } catch (PolicyText.MalformedException malformed) {
            warnings.add(file + " is no policy: " + malformed.getMessage());
            return Optional.empty();
        }
    }

    private static Policy defaults() {
        try {
            return PolicyText.parse(defaultText());
        } catch (PolicyText.MalformedException impossible) {
            throw new IllegalStateException("the built-in policy is malformed", impossible);
        }
    }

    private static String defaultText() {
        try (InputStream in = PolicyFiles.class.getResourceAsStream(DEFAULTS)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

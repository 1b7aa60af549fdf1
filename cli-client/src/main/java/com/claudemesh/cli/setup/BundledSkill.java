package com.claudemesh.cli.setup;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Verbs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** The guide for Claude Code that comes with this build. */
final class BundledSkill {
    private static final String NAME = "claudemesh";
    private static final String FILE = "SKILL.md";
    private static final String VERBS = "{{verbs}}";

    private final Path file;

    BundledSkill(Path skillsDirectory) {
        this.file = skillsDirectory.resolve(NAME).resolve(FILE);
    }

    Path file() {
        return file;
    }

    /** Writes this build's text over whatever is there. */
    StepOutcome install(boolean dryRun) {
        try {
            byte[] text = bundled();
            boolean exists = Files.exists(file);
            if (exists && Arrays.equals(Files.readAllBytes(file), text)) {
                return StepOutcome.UNCHANGED;
            }
            if (!dryRun) {
                Files.createDirectories(file.getParent());
                Files.write(file, text);
            }
            return exists ? StepOutcome.UPDATED : StepOutcome.ADDED;
        } catch (IOException failed) {
            throw CliException.io("can't write " + file + ": " + failed.getMessage());
        }
    }

    /** Deletes the file, and its directory when nothing else is in it. */
    StepOutcome remove(boolean dryRun) {
        try {
            if (!Files.exists(file)) {
                return StepOutcome.UNCHANGED;
            }
            if (!dryRun) {
                Files.delete(file);
                try (var others = Files.list(file.getParent())) {
                    if (others.findAny().isEmpty()) {
                        Files.delete(file.getParent());
                    }
                }
            }
            return StepOutcome.REMOVED;
        } catch (IOException failed) {
            throw CliException.io("can't delete " + file + ": " + failed.getMessage());
        }
    }

    private static byte[] bundled() throws IOException {
        try (InputStream text = BundledSkill.class.getResourceAsStream("/skills/" + NAME + "/" + FILE)) {
            String guide = new String(
                    Objects.requireNonNull(text, "the jar holds no skill").readAllBytes(), StandardCharsets.UTF_8);
            return guide.replace(VERBS, verbs()).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Every verb of this build, so that the guide can't fall behind. */
    private static String verbs() {
        return Verbs.forPeople().stream()
                .map(verb -> "| `claudemesh " + verb.name() + "` | " + verb.summary() + " |")
                .collect(Collectors.joining("\n"));
    }
}

package com.claudemesh.cli;

import com.claudemesh.cli.output.OutputMode;
import com.claudemesh.cli.output.Projection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every verb takes. */
public final class GlobalOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    @Option(
            names = "--json",
            arity = "0..1",
            paramLabel = "fields",
            fallbackValue = "",
            description = "JSON on standard output, optionally only these fields")
    private @Nullable String json;

    @Option(names = "--output-format", paramLabel = "text|json", description = "json is the same as --json")
    private OutputFormat outputFormat = OutputFormat.text;

    @Option(
            names = "--schema-version",
            paramLabel = "1.0",
            converter = SchemaVersion.Converter.class,
            description = "refuse any other shape of JSON")
    private SchemaVersion schemaVersion = SchemaVersion.CURRENT;

    @Option(
            names = {"-q", "--quiet"},
            description = "print only errors and JSON")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose", "--debug"},
            description = "more detail on standard error")
    private boolean verbose;

    @Option(
            names = {"-y", "--yes"},
            description = "answer questions with yes")
    private boolean yes;

    @Option(names = "--no-color", description = "no colours, like NO_COLOR")
    private boolean noColor;

    @Option(names = "--approval-mode", paramLabel = "mode", description = "plan, read-only, write or yolo")
    private @Nullable String approvalMode;

    @Option(names = "--policy", paramLabel = "file", description = "rules instead of your own")
    private @Nullable String policy;

    @Option(names = "--admin-policy", paramLabel = "file", description = "rules in addition to the administrator's")
    private @Nullable String adminPolicy;

    enum OutputFormat {
        text,
        json
    }

    public OutputMode outputMode() {
        boolean asJson = json != null || outputFormat == OutputFormat.json;
        return new OutputMode(asJson, Projection.parse(json == null ? "" : json), quiet, noColor);
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean yes() {
        return yes;
    }

    public Optional<String> approvalMode() {
        return Optional.ofNullable(approvalMode);
    }

    /** The file of rules that was named instead of the person's own. */
    public Optional<String> policy() {
        return Optional.ofNullable(policy);
    }

    /** The file of rules that was named in addition to the administrator's. */
    public Optional<String> adminPolicy() {
        return Optional.ofNullable(adminPolicy);
    }
}

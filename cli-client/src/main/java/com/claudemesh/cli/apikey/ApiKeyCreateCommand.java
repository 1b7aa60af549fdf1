package com.claudemesh.cli.apikey;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apikey create}: a new key, whose secret is shown this once. */
@Command(description = "Make a key for the REST interface. Its secret is shown this once.")
public final class ApiKeyCreateCommand implements Callable<Integer> {
    private static final Pattern DAYS_OR_HOURS = Pattern.compile("([1-9][0-9]{0,3})([hd])");

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Parameters(paramLabel = "<label>", description = "what the key is for")
    private String label = "";

    @Option(names = "--cap", paramLabel = "a,b", description = "send, read, state_write, admin (default: send,read)")
    private String capabilities = "send,read";

    @Option(names = "--topic", paramLabel = "a,b", description = "only these topics (default: all)")
    private @Nullable String topics;

    @Option(
            names = "--expires",
            paramLabel = "time",
            description = "like 30d, 12h or 2030-01-31T12:00:00Z (default: never)")
    private @Nullable String expires;

    public ApiKeyCreateCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        ApiKeyCreate request = request();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            show(connections.to(mesh).ask(request, ApiKeyCreated.class), output);
        }
        return ExitCode.SUCCESS;
    }

    private ApiKeyCreate request() {
        try {
            List<ApiKeyCapability> wanted =
                    words(capabilities).map(ApiKeyCapability::fromWire).toList();
            List<String> scopes = topics == null
                    ? null
                    : words(topics).map(topic -> topic.replaceFirst("^#", "")).toList();
            return new ApiKeyCreate(label, wanted, scopes, expiry());
        } catch (InvalidFieldException malformed) {
            throw CliException.invalid(malformed.getMessage(), "see: claudemesh apikey create --help");
        }
    }

    private @Nullable String expiry() {
        Matcher life = DAYS_OR_HOURS.matcher(expires == null ? "" : expires);
        if (!life.matches()) {
            return expires;
        }
        long amount = Long.parseLong(life.group(1));
        Duration duration = life.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
        return services.host().clock().instant().plus(duration).toString();
    }

    private static Stream<String> words(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }

    private static void show(ApiKeyCreated key, Output output) {
        ObjectNode record = Json.mapper().valueToTree(key);
        record.remove("type");
        output.document(record);
        output.ok("made key " + Output.safe(key.label()), key.prefix() + "…");
        Map<String, String> rows = Output.rows();
        rows.put("secret", Output.safe(key.secret()));
        rows.put("may", ApiKeyText.capabilities(key.capabilities()));
        rows.put("topics", ApiKeyText.topics(key.topicScopes()));
        output.pairs(rows);
        output.hint("keep the secret now: nobody can show it again");
    }
}

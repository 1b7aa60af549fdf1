package com.claudemesh.cli.apikey;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.protocol.frame.ApiKeyList;
import com.claudemesh.protocol.frame.ApiKeyListResponse;
import com.claudemesh.protocol.frame.ApiKeyListResponse.Key;
import com.claudemesh.protocol.frame.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code apikey list}: the keys of a mesh, without their secrets. */
@Command(description = "Show the keys of a mesh's REST interface.")
public final class ApiKeyListCommand implements Callable<Integer> {
    private static final int SHOWN_ID_CHARS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    public ApiKeyListCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            List<Key> keys = connections
                    .to(mesh)
                    .ask(new ApiKeyList(), ApiKeyListResponse.class)
                    .keys();
            output.document(output.project(Json.mapper().valueToTree(keys)));
            output.section("keys of " + Output.safe(mesh.slug()) + " (" + keys.size() + ")");
            keys.forEach(key -> show(key, services.host().clock().instant(), output));
        }
        return ExitCode.SUCCESS;
    }

    private static void show(Key key, Instant now, Output output) {
        String id = key.id().substring(0, Math.min(SHOWN_ID_CHARS, key.id().length()));
        String used = key.lastUsedAt() == null ? "never used" : "used " + RelativeTime.ago(key.lastUsedAt(), now);
        output.text("  " + Output.safe(key.label()) + "  " + state(key, now, output) + "  "
                + output.palette().dim(id + " · " + Output.safe(key.prefix()) + "…"));
        output.text("    "
                + output.palette()
                        .dim("may " + ApiKeyText.capabilities(key.capabilities()) + " · topics "
                                + ApiKeyText.topics(key.topicScopes()) + " · " + used));
    }

    private static String state(Key key, Instant now, Output output) {
        if (key.revokedAt() != null) {
            return output.palette().red("revoked");
        }
        return expired(key, now)
                ? output.palette().yellow("expired")
                : output.palette().green("active");
    }

    private static boolean expired(Key key, Instant now) {
        try {
            return key.expiresAt() != null && Instant.parse(key.expiresAt()).isBefore(now);
        } catch (DateTimeException noInstant) {
            return false;
        }
    }
}

package com.claudemesh.cli.notification;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code notification read}: mentions count as read. */
@Command(description = "Count mentions as read.")
public final class NotificationReadCommand implements Callable<Integer> {
    private static final int MAX_IDS = 200;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--all", description = "all of them")
    private boolean all;

    @Parameters(paramLabel = "<id…>", description = "notificationId of notification list --json, at most 200")
    private List<String> ids = new ArrayList<>();

    public NotificationReadCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        ObjectNode request = request();
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services);
                RestSession rest = RestSession.over(
                        connections.to(mesh),
                        services,
                        mesh,
                        new ShortLivedKey.Purpose("notifications", List.of(ApiKeyCapability.READ), null),
                        output)) {
            JsonNode answer =
                    RestSession.require(rest.post("/notifications/read", request), "mark notifications as read");
            output.acknowledge((ObjectNode) answer);
            output.ok(all ? "all mentions are read" : ids.size() + " mentions are read");
        }
        return ExitCode.SUCCESS;
    }

    private ObjectNode request() {
        if (all != ids.isEmpty()) {
            throw CliException.invalid(
                    all ? "either ids or --all" : "which notifications?", "claudemesh notification read <id…>|--all");
        }
        if (ids.size() > MAX_IDS) {
            throw CliException.invalid("at most " + MAX_IDS + " ids at a time");
        }
        ObjectNode request = Output.object();
        if (all) {
            return request.put("all", true);
        }
        ids.forEach(request.putArray("ids")::add);
        return request;
    }
}

package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnections;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.output.RelativeTime;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicSearch;
import com.claudemesh.protocol.frame.TopicSearchResponse;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code topic search}: the server looks through what it can read, this machine through the encrypted posts that were read
 * here.
 */
@Command(
        description = {
            "Search topics: names, posts that are not encrypted, and encrypted posts that were read on this machine.",
            "To have older ones: claudemesh topic history <topic>."
        })
public final class TopicSearchCommand implements Callable<Integer> {
    private static final int SNIPPET_CHARS = 100;
    private static final int SHOWN_ID_CHARS = 8;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--limit", paramLabel = "n", description = "at most n posts, up to 50 (default: 20)")
    private int limit = Limits.DEFAULT_SEARCH_ROWS;

    @Parameters(paramLabel = "<words…>", description = "what to look for")
    private List<String> words = new ArrayList<>();

    public TopicSearchCommand(VerbServices services) {
        this.services = services;
    }

    private record Hit(
            String id, String topicId, String topic, String sender, String createdAt, String text, boolean local) {
        ObjectNode json() {
            return Output.object()
                    .put("messageId", id)
                    .put("topicId", topicId)
                    .put("topic", topic)
                    .put("senderName", sender)
                    .put("createdAt", createdAt)
                    .put("message", text)
                    .put("foundBy", local ? "local" : "server");
        }
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > Limits.MAX_SEARCH_ROWS) {
            throw CliException.invalid("--limit must be between 1 and " + Limits.MAX_SEARCH_ROWS);
        }
        String query = String.join(" ", words);
        Membership mesh = meshOption.one(services);
        Output output = services.output(globals);
        try (MeshConnections connections = new MeshConnections(services)) {
            TopicSearchResponse found = connections.to(mesh).ask(request(query), TopicSearchResponse.class);
            show(query, found.topics(), hits(query, mesh, found, names(mesh, connections)), output);
        }
        return ExitCode.SUCCESS;
    }

    private TopicSearch request(String query) {
        try {
            return new TopicSearch(query, limit);
        } catch (InvalidFieldException malformed) {
            throw CliException.invalid(malformed.getMessage(), "claudemesh topic search <words…>");
        }
    }

    /** Also decides what is shown: posts of topics that the member left or that are gone are not. */
    private static Map<String, String> names(Membership mesh, MeshConnections connections) {
        Map<String, String> names = new HashMap<>();
        TopicFinder.all(connections.to(mesh)).forEach(topic -> names.put(topic.id(), topic.name()));
        return names;
    }

    private List<Hit> hits(String query, Membership mesh, TopicSearchResponse found, Map<String, String> names) {
        Map<String, Hit> hits = new LinkedHashMap<>();
        TopicKeyRing ring = services.topicKeys();
        found.messages().stream().map(Post::of).forEach(post -> {
            String topicId = post.json().path("topicId").asText();
            Opened opened = post.body().open(epoch -> ring.key(mesh.meshId(), topicId, epoch));
            hits.put(
                    post.id(),
                    new Hit(
                            post.id(),
                            topicId,
                            names.getOrDefault(topicId, topicId),
                            post.senderName(),
                            post.createdAt(),
                            PostLines.text(opened),
                            false));
        });
        new LocalHistory(services)
                .search(mesh, query.strip(), limit).stream()
                        .filter(hit -> names.containsKey(hit.topicId()))
                        .forEach(hit -> hits.putIfAbsent(
                                hit.messageId(),
                                new Hit(
                                        hit.messageId(),
                                        hit.topicId(),
                                        names.get(hit.topicId()),
                                        hit.senderName(),
                                        hit.createdAt(),
                                        hit.text(),
                                        true)));
        return hits.values().stream()
                .sorted(Comparator.comparing(Hit::createdAt).reversed())
                .limit(limit)
                .toList();
    }

    private void show(String query, List<Topic> topics, List<Hit> hits, Output output) {
        ObjectNode document = Output.object().put("query", query);
        ArrayNode named = document.putArray("topics");
        topics.forEach(topic -> named.addObject()
                .put("id", topic.id())
                .put("name", topic.name())
                .put("description", topic.description()));
        ArrayNode messages = document.putArray("messages");
        hits.forEach(hit -> messages.add(hit.json()));
        output.document(document);
        output.section("found: " + topics.size() + " topics, " + hits.size() + " posts");
        topics.forEach(topic -> output.text("  " + output.palette().bold("#" + Output.safe(topic.name()))));
        for (Hit hit : hits) {
            String text = Output.safe(hit.text());
            String id = hit.id().substring(0, Math.min(SHOWN_ID_CHARS, hit.id().length()));
            output.text("  #" + Output.safe(hit.topic()) + " "
                    + output.palette()
                            .dim(RelativeTime.brief(
                                    hit.createdAt(), services.host().clock().instant()))
                    + " " + output.palette().bold(Output.safe(hit.sender())) + "  "
                    + (text.length() <= SNIPPET_CHARS ? text : text.substring(0, SNIPPET_CHARS) + "…")
                    + output.palette().dim("  #" + Output.safe(id) + (hit.local() ? " 🔒" : "")));
        }
    }
}

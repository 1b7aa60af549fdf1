package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.TopicHistory;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicReader;
import com.claudemesh.sdk.topic.TopicReader.Look;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topic history}: what was posted, oldest first. */
@Command(description = "Show what was posted to a topic, oldest first.")
public final class TopicHistoryCommand extends TopicVerb {

    @Option(names = "--limit", paramLabel = "n", description = "only the newest n, at most 200 (default: 50)")
    private int limit = Limits.DEFAULT_TOPIC_ROWS;

    @Option(names = "--before", paramLabel = "id", description = "only posts before this one")
    private @Nullable String before;

    @Option(names = "--thread", paramLabel = "id", description = "only answers to this post")
    private @Nullable String thread;

    public TopicHistoryCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        if (limit < 1 || limit > Limits.MAX_TOPIC_ROWS) {
            throw CliException.invalid("--limit must be between 1 and " + Limits.MAX_TOPIC_ROWS);
        }
        Topic topic = TopicFinder.require(connection, name);
        List<Post> posts = posts(topic, connection);
        ArrayNode records = Output.array();
        PostLines lines = new PostLines(output, ZoneId.systemDefault());
        LocalHistory kept = new LocalHistory(services());
        output.section("#" + Output.safe(topic.name()) + " (" + posts.size() + ")");
        open(posts, topic, mesh, connection, output, (post, opened) -> {
            records.add(PostLines.json(post, opened));
            lines.show(post, opened);
            if (opened instanceof Opened.Text text) {
                kept.keep(mesh, topic.id(), topic.name(), post, text.text());
            }
        });
        output.document(output.project(records));
        return ExitCode.SUCCESS;
    }

    private List<Post> posts(Topic topic, MeshConnection connection) {
        TopicHistoryResponse answer =
                connection.ask(new TopicHistory(topic.id(), limit, before, null, thread), TopicHistoryResponse.class);
        List<Post> posts = new ArrayList<>();
        answer.messages().forEach(row -> posts.add(Post.of(row)));
        Collections.reverse(posts);
        return posts;
    }

    /** The REST interface is only asked when a key is missing here. */
    private void open(
            List<Post> posts,
            Topic topic,
            Membership mesh,
            MeshConnection connection,
            Output output,
            BiConsumer<Post, Opened> reader) {
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        try (TopicAccess access = TopicAccess.over(connection, services(), mesh, named, "history", output)) {
            KeyNotes notes = new KeyNotes(topic.name(), output);
            TopicReader<Post> opening =
                    new TopicReader<>(access.keeper(), named, Limits.MAX_TOPIC_ROWS, Post::body, reader);
            posts.forEach(opening::offer);
            Look look = opening.look();
            while (look instanceof Look.Found || look instanceof Look.GaveUp) {
                if (look instanceof Look.Found found) {
                    notes.accepted(found.key());
                }
                look = opening.look();
            }
            if (look instanceof Look.StillWaiting) {
                notes.waiting();
            }
            opening.flush();
        }
    }
}

package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The topics that a member may see, and the one that a word means. */
public final class TopicFinder {
    private static final int SHOWN_NAMES = 10;

    private TopicFinder() {}

    public static List<Topic> all(MeshConnection connection) {
        return connection.ask(new TopicList(), TopicListResponse.class).topics();
    }

    /** @param typed a name or an id, with or without {@code #} */
    public static Optional<Topic> find(List<Topic> topics, String typed) {
        String name = plain(typed);
        return topics.stream()
                .filter(topic -> topic.id().equals(name))
                .findFirst()
                .or(() -> topics.stream()
                        .filter(topic -> topic.name().equalsIgnoreCase(name))
                        .findFirst());
    }

    /** @throws CliException exit code 5 when there is no such topic, or none that the member may see */
    public static Topic require(MeshConnection connection, String typed) {
        List<Topic> topics = all(connection);
        return find(topics, typed).orElseThrow(() -> unknown(typed, topics));
    }

    static CliException unknown(String typed, List<Topic> topics) {
        String known = topics.stream()
                .limit(SHOWN_NAMES)
                .map(topic -> "#" + Output.safe(topic.name()))
                .collect(Collectors.joining(", "));
        return CliException.notFound(
                "topic_not_found",
                "there is no topic #" + Output.safe(plain(typed)),
                known.isEmpty() ? "claudemesh topic create <name>" : "there are: " + known);
    }

    /** @throws CliException exit code 3 when nothing is left */
    public static String plain(String typed) {
        String name = typed.startsWith("#") ? typed.substring(1) : typed;
        if (name.isBlank()) {
            throw CliException.invalid("the topic is missing", "claudemesh topic list");
        }
        return name;
    }
}

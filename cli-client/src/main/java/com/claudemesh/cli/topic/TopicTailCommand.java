package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.io.StopSignals;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.EventFeed.Signal;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.topic.TopicKeeper;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code topic tail}: shows posts as they come until it is told to stop, through restarts of the server. */
@Command(description = "Show posts of a topic as they come, until Ctrl-C.")
public final class TopicTailCommand extends TopicVerb {
    private static final int DEFAULT_LIMIT = 20;
    /** Events that were read and not shown yet; more are left in the connection. */
    private static final int MAX_WAITING_EVENTS = 1_000;

    @Option(names = "--limit", paramLabel = "n", description = "begin with the latest n, at most 200 (default: 20)")
    private int limit = DEFAULT_LIMIT;

    @Option(names = "--forward-only", description = "only what is posted from now on")
    private boolean forwardOnly;

    public TopicTailCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        if (limit < 1 || limit > Limits.MAX_TOPIC_ROWS) {
            throw CliException.invalid("--limit must be between 1 and " + Limits.MAX_TOPIC_ROWS);
        }
        Topic topic = TopicFinder.require(connection, name);
        // Nothing reads from it any more: the server would take it for dead.
        connection.close();
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(MAX_WAITING_EVENTS);
        Thread tailing = Thread.currentThread();
        RestSession rest = RestSession.lasting(
                services(), mesh, TopicAccess.purpose("tail", named), text -> output.warn(text, ""));
        try (TopicAccess access =
                        new TopicAccess(rest, mesh, named, services().topicKeys(), new KeyNotes(named.name(), output));
                StopSignals stopping = new StopSignals(tailing::interrupt)) {
            TopicTail tail = new TopicTail(services(), mesh, access, signals, output);
            return tail.run(forwardOnly ? 0 : limit);
        }
    }
}

package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.message.MessageText;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.crypto.naming.Mentions;
import com.claudemesh.protocol.frame.TopicHistory;
import com.claudemesh.protocol.frame.TopicHistoryResponse;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topic post}: a message to everybody in a topic, encrypted when the topic has a key. */
@Command(description = "Post to a topic. @name mentions a member.")
public final class TopicPostCommand extends TopicVerb {
    private static final int MIN_PREFIX_CHARS = 6;

    @Parameters(index = "1..*", paramLabel = "<text…>", description = "what to say; - reads standard input")
    private List<String> words = new ArrayList<>();

    @Option(names = "--reply-to", paramLabel = "id", description = "post that this one answers; 6 characters will do")
    private @Nullable String replyTo;

    @Option(names = "--plaintext", description = "not encrypted, although the topic has a key")
    private boolean plaintext;

    public TopicPostCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        String text = MessageText.of(words, services().host(), "claudemesh topic post <topic> <text…>");
        Topic topic = TopicFinder.require(connection, name);
        Optional<String> parent = Optional.ofNullable(replyTo).map(typed -> parent(typed, topic, connection));
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        try (TopicAccess access = TopicAccess.over(connection, services(), mesh, named, "post", output)) {
            TopicBody body = plaintext || topic.keyEpoch() == 0
                    ? TopicBody.plain(text)
                    : access.postingKey()
                            .map(key -> TopicBody.encrypted(text, key))
                            .orElseGet(() -> TopicBody.plain(text));
            List<String> mentions = Mentions.inText(text);
            JsonNode posted = RestSession.require(
                    access.rest().post("/messages", request(topic, body, mentions, parent)),
                    "post to #" + Output.safe(topic.name()));
            keep(mesh, topic, posted, body, text);
            show(topic, posted, body, mentions, output);
        }
        return ExitCode.SUCCESS;
    }

    private static ObjectNode request(Topic topic, TopicBody body, List<String> mentions, Optional<String> parent) {
        ObjectNode request = Output.object()
                .put("topic", topic.name())
                .put("ciphertext", body.ciphertext())
                .put("nonce", body.nonce())
                .put("bodyVersion", body.bodyVersion());
        if (body.keyEpoch() != null) {
            request.put("keyEpoch", body.keyEpoch());
        }
        if (!mentions.isEmpty()) {
            mentions.forEach(request.putArray("mentions")::add);
        }
        parent.ifPresent(id -> request.put("replyToId", id));
        return request;
    }

    /** The id that the beginning of one means among the latest posts. */
    private static String parent(String typed, Topic topic, MeshConnection connection) {
        String prefix = TopicFinder.plain(typed);
        List<String> ids = connection
                .ask(new TopicHistory(topic.id(), Limits.MAX_TOPIC_ROWS, null, null, null), TopicHistoryResponse.class)
                .messages()
                .stream()
                .map(TopicHistoryResponse.Post::id)
                .filter(id -> id.equals(prefix) || prefix.length() >= MIN_PREFIX_CHARS && id.startsWith(prefix))
                .toList();
        if (ids.size() > 1) {
            throw CliException.invalid("\"" + Output.safe(typed) + "\" could be several posts", "give more of the id");
        }
        return ids.stream()
                .findFirst()
                .orElseThrow(() -> CliException.notFound(
                        "post_not_found",
                        "none of the latest posts begins with \"" + Output.safe(typed) + "\"",
                        "claudemesh topic history " + Output.safe(topic.name())));
    }

    /** One's own words are searched, too. */
    private void keep(Membership mesh, Topic topic, JsonNode posted, TopicBody body, String text) {
        ObjectNode row = Output.object()
                .put(
                        "id",
                        posted.path("historyId").asText(posted.path("messageId").asText()))
                .put("senderPubkey", mesh.pubkey())
                .put("senderMemberPubkey", mesh.pubkey())
                .put(
                        "senderName",
                        services().displayName(services().configFile().load()))
                .put("nonce", body.nonce())
                .put("ciphertext", body.ciphertext())
                .put("createdAt", services().host().clock().instant().toString())
                .put("bodyVersion", body.bodyVersion());
        new LocalHistory(services()).keep(mesh, topic.id(), topic.name(), Post.of(row), text);
    }

    private static void show(Topic topic, JsonNode posted, TopicBody body, List<String> mentions, Output output) {
        ObjectNode record = Output.object()
                .put("messageId", posted.path("messageId").asText())
                .put("historyId", posted.path("historyId").asText())
                .put("topic", topic.name())
                .put("topicId", topic.id())
                .put("notifications", posted.path("notifications").asInt());
        if (posted.hasNonNull("replyToId")) {
            record.put("replyToId", posted.get("replyToId").asText());
        }
        record.put("bodyVersion", body.bodyVersion());
        mentions.forEach(record.putArray("mentions")::add);
        output.acknowledge(record);
        String lock = body.needsKey() ? " 🔒v2" : " (not encrypted)";
        String named = mentions.isEmpty() ? "" : mentions.size() + " mentions";
        output.ok("#" + Output.safe(topic.name()) + lock, named);
    }
}

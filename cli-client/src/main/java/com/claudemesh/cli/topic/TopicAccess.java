package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.RestTopicKeys;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicKeeper.Topic;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyRing;
import java.util.List;
import java.util.Optional;

/** One topic for one verb, with the REST interface behind it, which is only asked when something is missing here. */
final class TopicAccess implements AutoCloseable {
    private final Topic topic;
    private final RestSession rest;
    private final TopicKeeper keeper;
    private final KeyNotes notes;

    TopicAccess(RestSession rest, Membership mesh, Topic topic, TopicKeyRing ring, KeyNotes notes) {
        this.topic = topic;
        this.rest = rest;
        this.keeper = new TopicKeeper(holder(mesh), ring, new RestTopicKeys(rest));
        this.notes = notes;
    }

    /** For a verb that asks and ends. */
    static TopicAccess over(
            MeshConnection connection,
            VerbServices services,
            Membership mesh,
            Topic topic,
            String purpose,
            Output output) {
        RestSession rest = RestSession.over(connection, services, mesh, purpose(purpose, topic), output);
        return new TopicAccess(rest, mesh, topic, services.topicKeys(), new KeyNotes(topic.name(), output));
    }

    static ShortLivedKey.Purpose purpose(String name, Topic topic) {
        return new ShortLivedKey.Purpose(
                name, List.of(ApiKeyCapability.READ, ApiKeyCapability.SEND), List.of(topic.name()));
    }

    static KeyHolder holder(Membership mesh) {
        return new KeyHolder(mesh.meshId(), mesh.memberId(), mesh.pubkey(), mesh.secretKey());
    }

    Topic topic() {
        return topic;
    }

    RestSession rest() {
        return rest;
    }

    TopicKeeper keeper() {
        return keeper;
    }

    /**
     * The key to post with now; empty for a topic without one. Replaces a key that somebody who left knows.
     *
     * @throws CliException exit code 5 when nobody has shared it yet, 7 when the copy that there is must not be used
     */
    Optional<TopicKey> postingKey() {
        int latest = keeper.latest(topic).map(TopicKey::epoch).orElse(0);
        KeyState state = keeper.current(topic);
        if (state instanceof KeyState.Held held && held.rotationDue()) {
            state = care().state();
        }
        if (state instanceof KeyState.Held held) {
            if (held.key().epoch() > latest) {
                notes.accepted(held.key());
            }
            return Optional.of(held.key());
        }
        if (state instanceof KeyState.Unencrypted) {
            return Optional.empty();
        }
        throw state instanceof KeyState.Refused refused ? refused(refused) : waiting();
    }

    /** Does what is due for the key, and tells the person. */
    TopicKeeper.Care care() {
        TopicKeeper.Care care = keeper.care(topic);
        notes.show(care);
        return care;
    }

    KeyNotes notes() {
        return notes;
    }

    private CliException waiting() {
        return CliException.notFound(
                "key_not_sealed_for_member",
                "waiting for a member to share the key of #" + Output.safe(topic.name()),
                "whoever holds it shares it while their session or topic tail runs; then try again");
    }

    private CliException refused(KeyState.Refused refused) {
        return new CliException(
                ExitCode.PERMISSION_DENIED,
                "key_refused",
                "the key of #" + Output.safe(topic.name()) + " is not used: " + refused.reason(),
                "ask its leads: claudemesh topic members " + Output.safe(topic.name()));
    }

    @Override
    public void close() {
        rest.close();
    }
}

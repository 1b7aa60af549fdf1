package com.claudemesh.cli.topic;

import com.claudemesh.cli.output.Output;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicKeeper.Care;
import com.claudemesh.sdk.topic.TopicKeeper.SealRound;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyServer.Member;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the person what happens to a topic's key: on standard error, each thing once. One thread. */
final class KeyNotes {
    private static final int SHOWN_KEY_CHARS = 8;

    private final String topicName;
    private final Output output;
    private final Set<String> told = new HashSet<>();

    KeyNotes(String topicName, Output output) {
        this.topicName = Output.safe(topicName);
        this.output = output;
    }

    void waiting() {
        once("waiting for a member to share the key of #" + topicName);
    }

    void accepted(TopicKey key) {
        String sealer = key.sealedBy().equals(TopicKey.BY_SERVER)
                ? "made with the topic"
                : "sealed by " + Output.safe(key.sealerName()) + " ("
                        + key.sealedBy().substring(0, SHOWN_KEY_CHARS) + ")";
        once("key " + key.epoch() + " of #" + topicName + ": " + sealer);
    }

    void refused(String reason) {
        if (told.add(reason)) {
            output.warn("#" + topicName + ": " + reason, "");
        }
    }

    void show(Care care) {
        if (care.state() instanceof KeyState.Held held) {
            if (care.rotated()) {
                once("somebody left #" + topicName + ": from now on key "
                        + held.key().epoch());
            }
            accepted(held.key());
        } else if (care.state() instanceof KeyState.Waiting) {
            waiting();
        } else if (care.state() instanceof KeyState.Refused refused) {
            refused("the key is not used: " + refused.reason());
        }
        shared(care.shared());
    }

    void shared(SealRound round) {
        if (!round.sealed().isEmpty()) {
            output.progress("shared the key of #" + topicName + " with "
                    + round.sealed().stream()
                            .map(Member::displayName)
                            .map(Output::safe)
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        round.refused().forEach(problem -> refused("the key was not shared with " + Output.safe(problem)));
    }

    private void once(String text) {
        if (told.add(text)) {
            output.progress(text);
        }
    }
}

package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.rest.RestTopicKeys;
import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.TopicInvite;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.sdk.topic.KeyState;
import com.claudemesh.sdk.topic.TopicKeeper;
import com.claudemesh.sdk.topic.TopicKeyServer.Member;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topic invite}: puts a member into a topic and shares its key at once. */
@Command(
        description =
                "Put a member into a topic, or change its role there. For its leads and administrators of the mesh.")
public final class TopicInviteCommand extends TopicVerb {
    private static final int MIN_PREFIX_CHARS = 6;

    @Parameters(index = "1", paramLabel = "<member>", description = "name, key, id, or the beginning of key or id")
    private String member = "";

    @Option(names = "--role", paramLabel = "lead|member|observer", description = "what it is there (default: member)")
    private @Nullable String role;

    public TopicInviteCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        TopicRole wanted = role();
        Topic topic = TopicFinder.require(connection, name);
        TopicKeeper.Topic named = new TopicKeeper.Topic(topic.id(), topic.name());
        try (TopicAccess access = TopicAccess.over(connection, services(), mesh, named, "invite", output)) {
            Member invited = find(new RestTopicKeys(access.rest()).members());
            connection.ask(new TopicInvite(topic.id(), invited.memberId(), wanted), Ack.class);
            TopicKeeper.SealRound shared = access.keeper().current(named) instanceof KeyState.Held
                    ? access.keeper().sealForWaiting(named)
                    : new TopicKeeper.SealRound(List.of(), List.of());
            new KeyNotes(topic.name(), output).shared(shared);
            output.acknowledge(Output.object()
                    .put("invited", invited.memberId())
                    .put("displayName", invited.displayName())
                    .put("topic", topic.name())
                    .put("role", (wanted == null ? TopicRole.MEMBER : wanted).wire())
                    .put("keyShared", shared.sealed().contains(invited)));
            output.ok(Output.safe(invited.displayName()) + " is in #" + Output.safe(topic.name()));
        }
        return ExitCode.SUCCESS;
    }

    private @Nullable TopicRole role() {
        try {
            return role == null ? null : TopicRole.fromWire(role);
        } catch (InvalidFieldException unknown) {
            throw CliException.invalid("--role: " + unknown.getMessage(), "see: claudemesh topic invite --help");
        }
    }

    private Member find(List<Member> members) {
        String typed = member.startsWith("@") ? member.substring(1) : member;
        List<Member> meant = members.stream()
                .filter(candidate -> candidate.memberId().equals(typed)
                        || candidate.publicKey().equalsIgnoreCase(typed)
                        || candidate.displayName().equalsIgnoreCase(typed))
                .toList();
        if (meant.isEmpty() && typed.length() >= MIN_PREFIX_CHARS) {
            meant = members.stream()
                    .filter(candidate -> candidate.memberId().startsWith(typed)
                            || candidate.publicKey().startsWith(typed.toLowerCase(Locale.ROOT)))
                    .toList();
        }
        if (meant.size() > 1) {
            throw CliException.invalid(
                    "\"" + Output.safe(typed) + "\" could be several members", "give the id: claudemesh member list");
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> CliException.notFound(
                        "member_not_found",
                        "no member is called \"" + Output.safe(typed) + "\"",
                        "claudemesh member list"));
    }
}

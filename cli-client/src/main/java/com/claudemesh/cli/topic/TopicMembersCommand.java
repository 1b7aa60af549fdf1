package com.claudemesh.cli.topic;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicMembers;
import com.claudemesh.protocol.frame.TopicMembersResponse;
import com.claudemesh.protocol.frame.TopicMembersResponse.Member;
import com.claudemesh.protocol.frame.TopicRole;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code topic members}: who is in a topic. */
@Command(description = "Show who is in a topic.")
public final class TopicMembersCommand extends TopicVerb {
    private static final int SHOWN_KEY_CHARS = 8;

    public TopicMembersCommand(VerbServices services) {
        super(services);
    }

    @Override
    int run(String name, Membership mesh, MeshConnection connection, Output output) {
        Topic topic = TopicFinder.require(connection, name);
        List<Member> members = connection
                .ask(new TopicMembers(topic.id()), TopicMembersResponse.class)
                .members();
        output.document(output.project(Json.mapper().valueToTree(members)));
        output.section("members of #" + Output.safe(topic.name()) + " (" + members.size() + ")");
        for (Member member : members) {
            String role = member.role() == TopicRole.MEMBER
                    ? ""
                    : " " + output.palette().clay(member.role().wire());
            String self =
                    member.memberId().equals(mesh.memberId()) ? output.palette().dim(" (you)") : "";
            String key = member.pubkey();
            output.text("  " + output.palette().bold(Output.safe(member.displayName())) + role + self + "  "
                    + output.palette().dim(key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length()))));
        }
        return ExitCode.SUCCESS;
    }
}

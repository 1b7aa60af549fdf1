package com.claudemesh.cli.presence;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.JoinGroup;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code group join}: this session becomes part of a group. */
@Command(description = "Put this session into a group, or change its role there.")
public final class GroupJoinCommand extends SessionChange {
    @Parameters(paramLabel = "@name", description = "the group")
    private String group = "";

    @Option(names = "--role", paramLabel = "role", description = "role in the group")
    private @Nullable String role;

    public GroupJoinCommand(VerbServices services) {
        super(services);
    }

    @Override
    ClientFrame frame() {
        return new JoinGroup(GroupName.of(group), role);
    }

    @Override
    String sentence() {
        return "joined @" + GroupName.of(group) + (role == null ? "" : " as " + Output.safe(role));
    }

    @Override
    ObjectNode record() {
        return Output.object().put("group", GroupName.of(group)).put("role", role);
    }
}

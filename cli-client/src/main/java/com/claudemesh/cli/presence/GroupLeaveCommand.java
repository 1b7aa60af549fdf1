package com.claudemesh.cli.presence;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.LeaveGroup;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code group leave}: this session is no longer part of a group. */
@Command(description = "Take this session out of a group.")
public final class GroupLeaveCommand extends SessionChange {
    @Parameters(paramLabel = "@name", description = "the group")
    private String group = "";

    public GroupLeaveCommand(VerbServices services) {
        super(services);
    }

    @Override
    ClientFrame frame() {
        return new LeaveGroup(GroupName.of(group));
    }

    @Override
    String sentence() {
        return "left @" + Output.safe(GroupName.of(group));
    }

    @Override
    ObjectNode record() {
        return Output.object().put("group", GroupName.of(group)).put("left", true);
    }
}

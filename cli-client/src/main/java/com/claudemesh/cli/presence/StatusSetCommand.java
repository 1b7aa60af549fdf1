package com.claudemesh.cli.presence;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.SetStatus;
import com.claudemesh.protocol.frame.Status;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status set}: how busy this session is. */
@Command(
        description = {
            "Say how busy this session is.",
            "An idle session gets every message, the others only those of priority now."
        })
public final class StatusSetCommand extends SessionChange {
    @Parameters(paramLabel = "idle|working|dnd", description = "the new status")
    private String status = "";

    public StatusSetCommand(VerbServices services) {
        super(services);
    }

    @Override
    ClientFrame frame() {
        return new SetStatus(Status.fromWire(status));
    }

    @Override
    String sentence() {
        return "status is " + status;
    }

    @Override
    ObjectNode record() {
        return Output.object().put("status", status);
    }
}

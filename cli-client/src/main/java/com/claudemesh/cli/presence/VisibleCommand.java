package com.claudemesh.cli.presence;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.SetVisible;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code visible}: whether others see this session. */
@Command(description = "Show this session to others, or hide it from lists and from messages to many.")
public final class VisibleCommand extends SessionChange {
    @Parameters(paramLabel = "true|false", description = "also yes/no, on/off, y/n, 1/0")
    private String value = "";

    public VisibleCommand(VerbServices services) {
        super(services);
    }

    @Override
    ClientFrame frame() {
        return new SetVisible(visible());
    }

    @Override
    String sentence() {
        return visible() ? "others see this session" : "this session is hidden";
    }

    @Override
    ObjectNode record() {
        return Output.object().put("visible", visible());
    }

    private boolean visible() {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "y", "on" -> true;
            case "false", "0", "no", "n", "off" -> false;
            default -> throw CliException.invalid("visible: \"" + Output.safe(value) + "\" is neither true nor false");
        };
    }
}

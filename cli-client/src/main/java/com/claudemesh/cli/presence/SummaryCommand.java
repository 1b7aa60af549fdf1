package com.claudemesh.cli.presence;

import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.SetSummary;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code summary}: what this session works on. */
@Command(description = "Say in one line what this session works on.")
public final class SummaryCommand extends SessionChange {
    @Parameters(paramLabel = "text…", arity = "1..*", description = "the line; \"\" takes it away")
    private List<String> words = new ArrayList<>();

    public SummaryCommand(VerbServices services) {
        super(services);
    }

    @Override
    ClientFrame frame() {
        return new SetSummary(text());
    }

    @Override
    String sentence() {
        return text().isEmpty() ? "no summary any more" : "summary is \"" + Output.safe(text()) + "\"";
    }

    @Override
    ObjectNode record() {
        return Output.object().put("summary", text());
    }

    private String text() {
        return String.join(" ", words).strip();
    }
}

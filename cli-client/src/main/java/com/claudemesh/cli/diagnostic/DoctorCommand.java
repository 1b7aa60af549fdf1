package com.claudemesh.cli.diagnostic;

import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.Version;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: checks what has to be in order for messages to arrive. Changes nothing. */
@Command(description = "Check this installation, its files and its servers.")
public final class DoctorCommand implements Callable<Integer> {
    private static final int SOMETHING_FAILED = 1;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public DoctorCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Output output = services.output(globals);
        List<Check> checks = new ArrayList<>(new LocalChecks(services).run());
        checks.addAll(new ServerChecks(services).run());
        long failed = checks.stream().filter(check -> !check.passed()).count();
        output.document(json(checks, failed));
        output.section("claudemesh v" + Version.current() + " doctor");
        checks.forEach(check -> show(check, output));
        output.text("");
        output.text(failed == 0 ? "  all checks passed" : "  " + failed + " of " + checks.size() + " checks failed");
        return failed == 0 ? 0 : SOMETHING_FAILED;
    }

    private static ObjectNode json(List<Check> checks, long failed) {
        ObjectNode answer = Output.object().put("ok", failed == 0).put("version", Version.current());
        ArrayNode records = answer.putArray("checks");
        checks.forEach(check -> records.addObject()
                .put("name", check.name())
                .put("ok", check.passed())
                .put("detail", check.detail())
                .put("fix", check.fix()));
        return answer;
    }

    private static void show(Check check, Output output) {
        String mark =
                check.passed() ? output.palette().green("✓") : output.palette().red("✗");
        String detail =
                check.detail().isEmpty() ? "" : " " + output.palette().dim("(" + Output.safe(check.detail()) + ")");
        output.text("  " + mark + " " + Output.safe(check.name()) + detail);
        if (!check.fix().isEmpty()) {
            output.text("      " + output.palette().dim("→ " + check.fix()));
        }
    }
}

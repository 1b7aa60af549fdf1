package com.claudemesh.cli.policy;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy show}: mode, files and rules that hold now, in the order in which they count. */
@Command(description = "Show what verbs may do without asking.")
public final class PolicyShowCommand implements Callable<Integer> {
    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    public PolicyShowCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        PolicyFiles files = new PolicyFiles(services, globals.policy(), globals.adminPolicy());
        PolicyRules rules = files.load();
        ApprovalMode mode = ApprovalMode.of(globals.approvalMode(), globals.yes(), services.host());
        Output output = services.output(globals);
        files.warnings().forEach(warning -> output.warn(Output.safe(warning), ""));
        output.document(json(rules, mode));
        Map<String, String> rows = Output.rows();
        rows.put("mode", mode.wire());
        rows.put("your rules", rules.user().place());
        rows.put(
                "administrator's",
                rules.admin().place().isEmpty() ? "none" : rules.admin().place());
        rows.put("default", rules.user().policy().fallback().wire());
        output.section("policy");
        output.pairs(rows);
        if (rules.adminUnreadable()) {
            output.warn("the administrator's rules cannot be read: nothing may change anything", "");
        }
        output.text("");
        rules.admin().policy().rules().forEach(rule -> output.text("  " + text(rule) + "  [administrator]"));
        rules.user().policy().rules().forEach(rule -> output.text("  " + text(rule)));
        return ExitCode.SUCCESS;
    }

    private static ObjectNode json(PolicyRules rules, ApprovalMode mode) {
        ObjectNode document = Output.object();
        document.put("mode", mode.wire());
        document.put("adminUnreadable", rules.adminUnreadable());
        document.set("admin", json(rules.admin()));
        document.set("user", json(rules.user()));
        return document;
    }

    private static ObjectNode json(PolicyRules.Source source) {
        ObjectNode node = Output.object();
        node.put("file", source.place());
        node.put("default", source.policy().fallback().wire());
        ArrayNode rules = node.putArray("rules");
        source.policy().rules().forEach(rule -> rules.add(json(rule)));
        return node;
    }

    private static ObjectNode json(PolicyRule rule) {
        ObjectNode node = Output.object();
        node.put("resource", rule.resource())
                .put("verb", rule.verb())
                .put("decision", rule.decision().wire());
        if (rule.mesh() != null) {
            node.put("mesh", rule.mesh());
        }
        if (!rule.peers().isEmpty()) {
            rule.peers().forEach(node.putArray("peers")::add);
        }
        if (rule.reason() != null) {
            node.put("reason", rule.reason());
        }
        return node;
    }

    private static String text(PolicyRule rule) {
        String peers = rule.peers().isEmpty() ? "" : " to " + String.join(", ", rule.peers());
        String mesh = rule.mesh() == null ? "" : " in " + rule.mesh();
        String reason = rule.reason() == null ? "" : " (" + rule.reason() + ")";
        return Output.safe(rule.decision().wire() + "  " + rule.resource() + " " + rule.verb() + peers + mesh + reason);
    }
}

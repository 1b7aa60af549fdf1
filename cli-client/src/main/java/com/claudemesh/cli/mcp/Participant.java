package com.claudemesh.cli.mcp;

import com.claudemesh.cli.Host;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.MessageMode;
import com.claudemesh.protocol.frame.GroupLabel;
import java.util.List;
import java.util.Optional;

/**
 * Who this session is to its peers.
 *
 * @param sessionId unique to this run unless the launcher gave one
 * @param knownSession whether the launcher gave it, so that verbs of the session know it too
 * @param pid of the host, by which its status hooks are told apart
 */
record Participant(
        String displayName,
        Optional<String> role,
        List<GroupLabel> groups,
        MessageMode messageMode,
        String sessionId,
        boolean knownSession,
        long pid,
        String workingDirectory,
        Optional<String> model) {

    static Participant of(VerbServices services, ClientConfig config) {
        Host host = services.host();
        Optional<String> given = host.variable("CLAUDEMESH_SESSION_ID");
        long own = ProcessHandle.current().pid();
        return new Participant(
                services.displayName(config),
                config.role().or(() -> host.variable("CLAUDEMESH_ROLE")),
                config.groups().stream()
                        .map(group -> new GroupLabel(group.name(), group.role().orElse(null)))
                        .toList(),
                config.messageMode(),
                given.orElseGet(() -> own + "-" + host.clock().millis()),
                given.isPresent(),
                ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(own),
                host.workingDirectory().toString(),
                host.variable("CLAUDE_MODEL"));
    }

    Optional<String> launchedSessionId() {
        return knownSession ? Optional.of(sessionId) : Optional.empty();
    }
}

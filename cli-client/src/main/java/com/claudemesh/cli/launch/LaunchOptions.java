package com.claudemesh.cli.launch;

import com.claudemesh.cli.config.MessageMode;
import com.claudemesh.cli.launch.GroupsConverter.Groups;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who the session is and how Claude Code is started. */
final class LaunchOptions {
    @Option(names = "--name", paramLabel = "name", description = "display name (default: login name)")
    @Nullable
    String name;

    @Option(names = "--role", paramLabel = "role", description = "what the session does")
    @Nullable
    String role;

    @Option(
            names = "--groups",
            paramLabel = "a:lead,b",
            converter = GroupsConverter.class,
            description = "groups to join, each with an optional role")
    Groups groups = new Groups(List.of());

    @Option(
            names = "--message-mode",
            paramLabel = "push|inbox|off",
            description = "how messages arrive (default: push)")
    MessageMode messageMode = MessageMode.push;

    @Option(names = "--system-prompt", paramLabel = "text", description = "passed to claude")
    @Nullable
    String systemPrompt;

    @Option(
            names = {"-r", "--resume"},
            paramLabel = "id",
            description = "resume this Claude session")
    @Nullable
    String resume;

    @Option(
            names = {"-c", "--continue"},
            description = "continue the last Claude session")
    boolean continueLast;

    @Option(names = "--autonomous", description = "claude asks for no permissions; -y alone doesn't do that")
    boolean autonomous;
}

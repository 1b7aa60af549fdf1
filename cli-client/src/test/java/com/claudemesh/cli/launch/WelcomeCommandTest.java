package com.claudemesh.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.MeshServer;
import com.claudemesh.cli.testing.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WelcomeCommandTest {
    private static final int STARTED = 42;

    private final MeshServer server = new MeshServer();

    @TempDir
    Path home;

    private Path claude;

    @BeforeEach
    void writeClaude() throws IOException {
        claude = Files.writeString(home.resolve("claude"), "#!/bin/sh\nexit " + STARTED + "\n");
        Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwx------"));
        server.polls(server.approved());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestHost typing(String input) {
        return new TestHost(home)
                .with("CLAUDE_BIN", claude.toString())
                .with("PATH", "")
                .withTerminal()
                .withInput(input);
    }

    @Test
    void call_signInWithAToken_makesAMeshAndStarts() {
        TestHost host = typing("3\n" + server.url() + "\n" + server.token() + "\nThe Crew\n");

        assertThat(host.run()).isEqualTo(STARTED);

        assertThat(host.config().memberships()).extracting(Membership::slug).containsExactly("the-crew");
    }

    @Test
    void call_register_showsThePageForNewAccounts() {
        TestHost host = typing("1\n").with("CLAUDEMESH_BROKER_URL", server.brokerUrl());

        host.run();

        assertThat(host.err()).contains("/register?source=cli");
        assertThat(host.services().authFile().load()).isPresent();
    }

    @Test
    void call_noNewMesh_saysHowToGetTheOthers() {
        TestHost host = typing("3\n" + server.url() + "\n" + server.token() + "\n\n");

        assertThat(host.run()).isZero();

        assertThat(host.out()).contains("claudemesh sync");
        assertThat(host.config().memberships()).isEmpty();
    }

    @Test
    void call_link_joinsAndStarts() {
        TestHost host = typing("4\nhttp://127.0.0.1:9/i/abc12345\n");

        assertThat(host.run()).isEqualTo(STARTED);
        assertThat(host.config().membership("crew")).isPresent();
    }

    @Test
    void call_leave_changesNothing() {
        TestHost host = typing("5\n");

        assertThat(host.run()).isZero();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void call_noTerminal_saysWhatToType() {
        TestHost host = new TestHost(home);

        assertThat(host.run()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(host.err()).contains("claudemesh <invitation link>");
    }
}

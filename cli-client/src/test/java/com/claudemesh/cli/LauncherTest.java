package com.claudemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.cli.testing.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script does without Java. Where it calls Java all the same, the test's stand-in fails. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final int JAVA_WAS_CALLED = 1;

    @TempDir
    Path home;

    private TestHost host;

    private Path script;

    /** The jar is packaged after this test has run, so an empty one stands next to the script. */
    @BeforeEach
    void installLauncher(@TempDir Path installation) throws IOException {
        script = Files.copy(Path.of("..", "claudemesh"), installation.resolve("claudemesh"));
        Files.createFile(installation.resolve("claudemesh.jar"));
    }

    @BeforeEach
    void joinCrew() {
        host = new TestHost(home);
        host.joined("crew");
        host.joined("lab");
        lastUsed("lab");
    }

    private record Result(int exitCode, String out) {}

    private Result launcher(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder("sh", script.toString());
        process.command().addAll(List.of(arguments));
        process.environment().put("HOME", home.toString());
        process.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        process.environment().put("CLAUDEMESH_JAVA", "false");
        process.environment().remove("CLAUDEMESH_CONFIG_DIR");
        process.environment().remove("CLAUDEMESH_STATE_DIR");
        process.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process running = process.start();
        running.getOutputStream().close();
        String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(running.exitValue(), out);
    }

    private void lastUsed(String slug) {
        host.services().lastUsed().store(slug, "carol", Optional.empty(), Instant.now());
    }

    private void seen(String slug, Duration ago) {
        List<KnownPeer> peers = List.of(new KnownPeer("bob \"the\" builder", "b".repeat(64)));
        host.services().peerCache().update(slug, peers, "Carol Ü", Instant.now().minus(ago));
    }

    private void assertSameAsTheVerb(String expected) throws IOException, InterruptedException {
        Host now = host.host();
        Host real = new Host(
                now.environment(),
                now.home(),
                now.workingDirectory(),
                now.in(),
                now.out(),
                now.err(),
                now.terminal(),
                Clock.systemUTC());
        new CommandRunner(VerbServices.of(real)).run(List.of("status-line"));
        assertThat(host.out()).isEqualTo(expected);
        assertThat(launcher("status-line")).isEqualTo(new Result(0, expected));
    }

    @Test
    void statusLine_seenJustNow_showsCountsAndName() throws Exception {
        seen("crew", Duration.ZERO);
        seen("lab", Duration.ZERO);

        assertSameAsTheVerb("◇ lab · 1/1 online · Carol Ü");
    }

    @Test
    void statusLine_seenLongAgo_saysSo() throws Exception {
        seen("lab", Duration.ofHours(1));

        assertSameAsTheVerb("◇ lab · 1/1 online · Carol Ü (stale)");
    }

    @Test
    void statusLine_neverSeen_isIdle() throws Exception {
        seen("crew", Duration.ZERO);

        assertSameAsTheVerb("◇ lab · idle");
    }

    @Test
    void statusLine_lastUsedMeshWasLeft_isLeftToTheVerb() throws Exception {
        lastUsed("gone");

        assertThat(launcher("status-line").exitCode()).isEqualTo(JAVA_WAS_CALLED);
    }

    @Test
    void statusLine_nothingUsedYet_isLeftToTheVerb(@TempDir Path other) throws Exception {
        home = other;

        assertThat(launcher("status-line").exitCode()).isEqualTo(JAVA_WAS_CALLED);
    }
}

package com.claudemesh.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigHomeTest {
    @TempDir
    Path home;

    @Test
    void of_nothingSet_isUnderHome() {
        assertThat(new TestHost(home).services().home().configFile())
                .isEqualTo(home.resolve(".claudemesh/config.json"));
    }

    @Test
    void of_configDirectorySet_movesStateToo() {
        ConfigHome moved = new TestHost(home)
                .with("CLAUDEMESH_CONFIG_DIR", "/elsewhere")
                .services()
                .home();

        assertThat(moved.inboxDirectory()).isEqualTo(Path.of("/elsewhere/inbox"));
    }

    @Test
    void of_launchedSession_keepsItsMessagesOutsideTheSessionDirectory() throws Exception {
        Path session = Files.createDirectory(home.resolve("session"));
        ConfigHome launched = new TestHost(home)
                .with("CLAUDEMESH_CONFIG_DIR", session.toString())
                .with("CLAUDEMESH_STATE_DIR", home.resolve("lasting").toString())
                .services()
                .home();

        assertThat(launched.configDirectory()).isEqualTo(session);
        assertThat(launched.inboxDirectory()).isEqualTo(home.resolve("lasting/inbox"));
    }

    @Test
    void of_sessionDirectoryGone_fallsBackToTheLastingOne() {
        ConfigHome orphaned = new TestHost(home)
                .with("CLAUDEMESH_CONFIG_DIR", home.resolve("gone").toString())
                .with("CLAUDEMESH_STATE_DIR", home.resolve("lasting").toString())
                .services()
                .home();

        assertThat(orphaned.configFile()).isEqualTo(home.resolve("lasting/config.json"));
    }

    @Test
    void inviteFile_hostileSlug_staysInTheDirectory() {
        ConfigHome standard = new TestHost(home).services().home();

        assertThat(standard.inviteFile("../../x").normalize().getParent()).isEqualTo(standard.configDirectory());
    }
}

package com.claudemesh.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.testing.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path home;

    private Path file() {
        return home.resolve(".claudemesh/config.json");
    }

    @Test
    void update_newFile_isPrivateInPrivateDirectory() {
        new TestHost(home).joined("crew");

        assertThat(PrivateFiles.mode(file())).contains("rw-------");
        assertThat(PrivateFiles.mode(file().getParent())).contains("rwx------");
    }

    @Test
    void update_openDirectory_losesTheRightsOfOthers() throws Exception {
        Files.createDirectories(file().getParent());
        Files.setPosixFilePermissions(file().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

        new TestHost(home).joined("crew");

        assertThat(PrivateFiles.mode(file().getParent())).contains("rwx------");
    }

    @Test
    void update_unknownMembers_survive() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"version\":1,\"future\":{\"a\":[1]},\"meshes\":[{\"slug\":\"old\",\"mine\":7}]}");

        new TestHost(home).joined("old");

        assertThat(Files.readString(file())).contains("\"future\": {", "\"mine\": 7");
    }

    @Test
    void load_notJson_namesTheFileAndKeepsIt() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{broken");

        assertThatThrownBy(() -> new TestHost(home).joined("crew"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining(file().toString());
        assertThat(Files.readString(file())).isEqualTo("{broken");
    }

    @Test
    void load_meshesNotArray_countsAsEmpty() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"meshes\":\"none\"}");

        assertThat(new ConfigFile(file()).load().memberships()).isEmpty();
    }

    @Test
    void update_leavesNoTemporaryFile() throws Exception {
        new TestHost(home).joined("crew");

        try (var files = Files.list(file().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Test
    void update_manyMeshesInARow_keepsAll() {
        TestHost host = new TestHost(home);
        List<String> slugs = IntStream.range(0, 5).mapToObj(i -> "mesh" + i).toList();

        slugs.forEach(host::joined);

        assertThat(host.config().memberships()).extracting(Membership::slug).isEqualTo(slugs);
    }
}

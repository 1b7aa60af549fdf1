package com.claudemesh.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void open_missing_isMadeForItsOwnerOnly() throws Exception {
        Path root = folder.resolve("a/b");

        DataDirectory.open(root);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void open_belowAFile_isRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not writable");
    }

    @Test
    void encryptionKey_firstTime_isMadeAndKeptForItsOwnerOnly() throws Exception {
        DataDirectory data = DataDirectory.open(folder);

        String key = data.encryptionKey();

        assertThat(key).matches("[0-9a-f]{64}").isEqualTo(data.encryptionKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("encryption-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void encryptionKey_lostWhileDatabaseExists_isRefusedInsteadOfMadeAnew() throws Exception {
        DataDirectory data = DataDirectory.open(folder);
        Files.createDirectory(data.postgres());

        assertThatThrownBy(data::encryptionKey)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("encryption-key is missing");
    }
}

package com.claudemesh.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.sdk.topic.TopicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTopicKeyRingTest {
    @TempDir
    Path directory;

    private static TopicKey key(int epoch) {
        return new TopicKey(epoch, TopicKeys.generate(), "ab".repeat(32), "bob");
    }

    private FileTopicKeyRing ring() {
        return new FileTopicKeyRing(directory.resolve("topic-keys"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void keep_key_isThereForTheNextProcess() {
        TopicKey kept = key(2);
        ring().keep("mesh", "topic", kept);

        TopicKey read = ring().key("mesh", "topic", 2).orElseThrow();

        assertThat(read.key()).isEqualTo(kept.key());
        assertThat(read.sealerName()).isEqualTo("bob");
        assertThat(ring().key("mesh", "topic", 1)).isEmpty();
        assertThat(ring().key("mesh", "other", 2)).isEmpty();
        assertThat(ring().key("other", "topic", 2)).isEmpty();
    }

    @Test
    void keep_files_areTheOwnersOnly() throws IOException {
        ring().keep("mesh", "topic", key(1));

        assertThat(files()).hasSize(1);
        assertThat(PrivateFiles.mode(files().get(0))).contains("rw-------");
        assertThat(PrivateFiles.mode(directory.resolve("topic-keys"))).contains("rwx------");
        assertThat(PrivateFiles.mode(directory.resolve("topic-keys/mesh"))).contains("rwx------");
    }

    @Test
    void latest_severalEpochs_isTheHighest() {
        FileTopicKeyRing ring = ring();
        ring.keep("mesh", "topic", key(2));
        ring.keep("mesh", "topic", key(10));
        ring.keep("mesh", "topic", key(9));

        assertThat(ring.latest("mesh", "topic").orElseThrow().epoch()).isEqualTo(10);
        assertThat(ring.latest("mesh", "none")).isEmpty();
        assertThat(ring.topics("mesh")).containsExactly("topic");
    }

    @Test
    void ids_thatAreNoFileNames_stayInside() throws IOException {
        ring().keep("../../x", "/etc/passwd", key(1));

        assertThat(ring().key("../../x", "/etc/passwd", 1)).isPresent();
        assertThat(files()).allMatch(file -> file.startsWith(directory.resolve("topic-keys")));
    }

    @Test
    void key_damagedFile_saysWhatToDo() throws IOException {
        ring().keep("mesh", "topic", key(1));
        Files.writeString(files().get(0), "{\"key\":\"short\"}");

        assertThatThrownBy(() -> ring().key("mesh", "topic", 1)).isInstanceOfSatisfying(CliException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.IO_ERROR);
            assertThat(failure).hasMessageContaining("remove it");
        });
    }
}

package com.claudemesh.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileInboxStoreTest {
    @TempDir
    private Path home;

    private Path directory;
    private FileInboxStore store;

    @BeforeEach
    void open() {
        directory = home.resolve("inbox");
        store = new FileInboxStore(directory);
    }

    private Path file() {
        return directory.resolve(Messages.MESH + ".jsonl");
    }

    private List<String> ids(FileInboxStore from) throws IOException {
        return from.list(Messages.MESH, Integer.MAX_VALUE, false).stream()
                .map(stored -> stored.message().messageId())
                .toList();
    }

    /** A file with this many messages, written without the cost of as many disk flushes. */
    private void fill(int messages, String text) throws IOException {
        InboxFile.createDirectory(directory);
        new InboxFile(file()).replace(lines -> {
            for (int i = 0; i < messages; i++) {
                lines.line(InboxLine.write(Messages.of("old" + i, text)));
            }
        });
    }

    @Test
    void add_newMessage_canBeRead() throws IOException {
        IncomingMessage message = Messages.of("m1", "grüße 👋\nzweite Zeile");

        assertThat(store.add(message)).isTrue();

        assertThat(store.list(Messages.MESH, 10, false)).containsExactly(new StoredMessage(message, false));
    }

    @Test
    void add_sameMessage_isFalseAndKeptOnce() throws IOException {
        store.add(Messages.of("m1"));

        assertThat(store.add(Messages.of("m1"))).isFalse();
        assertThat(ids(store)).containsExactly("m1");
    }

    @Test
    void remove_unwanted_keepsTheOthersAndWhatWasSeen() throws IOException {
        store.add(Messages.of("m1"));
        store.add(Messages.of("m2"));
        store.add(Messages.of("m3"));
        store.markSeen(Messages.MESH, List.of("m1", "m3"));

        int removed = store.remove(
                Messages.MESH, stored -> stored.message().messageId().equals("m1"));

        assertThat(removed).isEqualTo(1);
        assertThat(store.list(Messages.MESH, 10, false))
                .containsExactly(
                        new StoredMessage(Messages.of("m2"), false), new StoredMessage(Messages.of("m3"), true));
    }

    @Test
    void remove_otherProcess_readsTheNewFile() throws IOException {
        FileInboxStore other = new FileInboxStore(directory);
        store.add(Messages.of("m1"));
        other.add(Messages.of("m2"));

        assertThat(store.remove(Messages.MESH, stored -> true)).isEqualTo(2);

        assertThat(ids(other)).isEmpty();
        assertThat(other.add(Messages.of("m1"))).isTrue();
        assertThat(ids(store)).containsExactly("m1");
    }

    @Test
    void remove_nothing_leavesTheFileAlone() throws IOException {
        store.add(Messages.of("m1"));

        assertThat(store.remove(Messages.MESH, stored -> false)).isZero();
        assertThat(ids(store)).containsExactly("m1");
    }

    @Test
    void add_sameSendersId_isFalse() throws IOException {
        store.add(Messages.sentAs("m1", "ann", "c1"));

        assertThat(store.add(Messages.sentAs("m2", "ann", "c1"))).isFalse();
        assertThat(store.add(Messages.sentAs("m3", "bob", "c1"))).isTrue();
    }

    @Test
    void add_afterARestart_knowsWhatWasKept() throws IOException {
        store.add(Messages.sentAs("m1", "ann", "c1"));
        FileInboxStore restarted = new FileInboxStore(directory);

        assertThat(restarted.add(Messages.of("m1"))).isFalse();
        assertThat(restarted.add(Messages.sentAs("m2", "ann", "c1"))).isFalse();
    }

    @Test
    void add_byTwoProcesses_keepsEachMessageOnce() throws IOException {
        FileInboxStore other = new FileInboxStore(directory);
        store.add(Messages.of("m1"));

        assertThat(other.add(Messages.of("m1"))).isFalse();
        assertThat(other.add(Messages.of("m2"))).isTrue();
        assertThat(store.add(Messages.of("m2"))).isFalse();
        assertThat(ids(store)).containsExactly("m1", "m2");
    }

    @Test
    void add_byManyThreadsOfTwoStores_keepsEachMessageOnce() throws Exception {
        FileInboxStore other = new FileInboxStore(directory);
        List<Callable<Boolean>> adds = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            FileInboxStore one = i % 2 == 0 ? store : other;
            IncomingMessage message = Messages.of("m" + i / 4);
            adds.add(() -> one.add(message));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            int fresh = 0;
            for (Future<Boolean> added : threads.invokeAll(adds)) {
                fresh += added.get() ? 1 : 0;
            }

            assertThat(fresh).isEqualTo(50);
            assertThat(ids(store)).hasSize(50).doesNotHaveDuplicates();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void add_byAnotherJavaProcess_isSeen() throws Exception {
        store.add(Messages.of("mine"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AddingProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        for (int i = 0; i < 100; i++) {
            store.add(Messages.of("shared" + i));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(ids(store)).hasSize(201).doesNotHaveDuplicates();
    }

    /** Adds a hundred messages that its parent adds too, and a hundred of its own. */
    static final class AddingProcess {
        private AddingProcess() {}

        public static void main(String[] arguments) throws IOException {
            FileInboxStore store = new FileInboxStore(Path.of(arguments[0]));
            for (int i = 0; i < 100; i++) {
                store.add(Messages.of("shared" + i));
                store.add(Messages.of("own" + i));
            }
        }
    }

    @Test
    void add_afterALineCutShort_isReadable() throws IOException {
        store.add(Messages.of("m1"));
        String whole = InboxLine.write(Messages.of("m2"));
        Files.writeString(file(), whole.substring(0, whole.length() / 2), StandardOpenOption.APPEND);
        FileInboxStore restarted = new FileInboxStore(directory);

        assertThat(restarted.add(Messages.of("m2"))).isTrue();

        assertThat(ids(restarted)).containsExactly("m1", "m2");
        assertThat(ids(store)).containsExactly("m1", "m2");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void add_onAFullDisk_failsAndIsNotRememberedAsKept() throws IOException {
        InboxFile.createDirectory(directory);
        Files.createSymbolicLink(file(), Path.of("/dev/full"));
        assertThatThrownBy(() -> store.add(Messages.of("m1"))).isInstanceOf(IOException.class);
        Files.delete(file());

        assertThat(store.add(Messages.of("m1"))).isTrue();
        assertThat(ids(store)).containsExactly("m1");
    }

    @Test
    void add_manyMessages_keepsTheNewest() throws IOException {
        fill(15_000, "text");

        store.add(Messages.of("new"));

        List<String> kept = ids(store);
        assertThat(kept)
                .hasSize(FileInboxStore.MAX_MESSAGES)
                .endsWith("old14999", "new")
                .doesNotContain("old5000");
        assertThat(store.add(Messages.of("old14999"))).isFalse();
    }

    @Test
    void add_largeMessages_keepsTheNewestWithinTheBytes() throws IOException {
        String text = "ü".repeat(100_000);
        fill((int) (FileInboxStore.MAX_BYTES / 200_000), text);

        store.add(Messages.of("new", text));

        assertThat(Files.size(file())).isLessThanOrEqualTo(FileInboxStore.MAX_BYTES / 2 + 10_000);
        assertThat(ids(store)).endsWith("new").hasSizeGreaterThan(50);
    }

    @Test
    void add_afterAnotherProcessReplacedTheFile_knowsWhatItHolds() throws IOException {
        store.add(Messages.of("m1"));
        long readTo = Files.size(file());
        FileInboxStore other = new FileInboxStore(directory);
        fill(15_000, "text");
        other.add(Messages.of("m2"));
        assertThat(Files.size(file())).isGreaterThan(readTo);

        assertThat(store.add(Messages.of("m2"))).isFalse();
        assertThat(store.add(Messages.of("old14998"))).isFalse();
    }

    @Test
    void markSeen_oneMessage_isReadByEverybody() throws IOException {
        store.add(Messages.of("m1"));
        store.add(Messages.of("m2"));

        store.markSeen(Messages.MESH, List.of("m1"));

        assertThat(new FileInboxStore(directory).list(Messages.MESH, 10, false))
                .extracting(StoredMessage::seen)
                .containsExactly(true, false);
        assertThat(store.list(Messages.MESH, 10, true))
                .extracting(stored -> stored.message().messageId())
                .containsExactly("m2");
    }

    @Test
    void markSeen_beforeACompaction_isKept() throws IOException {
        fill(15_000, "text");
        store.markSeen(Messages.MESH, List.of("old14999", "old0"));

        assertThat(store.list(Messages.MESH, Integer.MAX_VALUE, false))
                .hasSize(FileInboxStore.MAX_MESSAGES)
                .filteredOn(StoredMessage::seen)
                .extracting(stored -> stored.message().messageId())
                .containsExactly("old14999");
    }

    @Test
    void markSeen_again_doesNotGrowWithoutBound() throws IOException {
        fill(10, "text");
        InboxFile file = new InboxFile(file());
        String line = InboxLine.writeSeen(List.of("old1"));
        file.replace(lines -> {
            lines.line(InboxLine.write(Messages.of("old1")));
            for (int i = 0; i < 15_000; i++) {
                lines.line(line);
            }
        });

        store.markSeen(Messages.MESH, List.of("old1"));

        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(store.list(Messages.MESH, 10, true)).isEmpty();
    }

    @Test
    void list_limited_returnsTheNewestOldestFirst() throws IOException {
        for (int i = 0; i < 5; i++) {
            store.add(Messages.of("m" + i));
        }

        assertThat(store.list(Messages.MESH, 2, false))
                .extracting(stored -> stored.message().messageId())
                .containsExactly("m3", "m4");
    }

    @Test
    void list_negativeLimit_isRefused() {
        assertThatThrownBy(() -> store.list(Messages.MESH, -1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("limit: ");
    }

    @Test
    void list_nothingKept_isEmpty() throws IOException {
        assertThat(store.list(Messages.MESH, 10, false)).isEmpty();
    }

    @Test
    void list_withALineOfANewerVersion_skipsIt() throws IOException {
        store.add(Messages.of("m1"));
        Files.writeString(
                file(),
                InboxLine.write(Messages.of("m2")).replace("\"DIRECT\"", "\"TELEPATHIC\"") + "\n{\"later\":true}\n",
                StandardOpenOption.APPEND);

        assertThat(ids(store)).containsExactly("m1");
        assertThat(store.add(Messages.of("m2"))).isFalse();
    }

    @Test
    void meshes_inOneDirectory_areApart() throws IOException {
        store.add(Messages.of("mesh1", "m1", "text", "ann", null));

        assertThat(store.add(Messages.of("mesh2", "m1", "text", "ann", null))).isTrue();
        assertThat(store.list("mesh2", 10, false)).hasSize(1);
    }

    @Test
    void mesh_namedLikeAPath_staysInTheDirectory() throws IOException {
        store.add(Messages.of("../../etc/x", "m1", "text", "ann", null));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).allMatch(file -> file.getFileName().toString().startsWith("______etc_x."));
        }
        assertThat(home).isDirectoryNotContaining(file -> !file.equals(directory));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void files_new_belongToTheirOwnerAlone() throws IOException {
        fill(15_000, "text");
        store.add(Messages.of("m1"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void lines_acrossReadBuffers_areWhole() throws IOException {
        List<String> texts =
                IntStream.range(0, 20).mapToObj(i -> "é".repeat(10_000 + i)).toList();
        for (int i = 0; i < texts.size(); i++) {
            store.add(Messages.of("m" + i, texts.get(i)));
        }

        assertThat(store.list(Messages.MESH, 100, false))
                .extracting(stored -> stored.message().text())
                .isEqualTo(texts);
    }
}

package com.claudemesh.cli.topic;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.PrivateFiles;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.JsonReader;
import com.claudemesh.sdk.topic.TopicKey;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Topic keys in files that only their owner can read, one per mesh, topic and epoch: any number of processes write and
 * read them without a lock. Blocking; safe for any thread. Fails with a {@link CliException}.
 */
public final class FileTopicKeyRing implements TopicKeyRing {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern EPOCH_FILE = Pattern.compile("([1-9][0-9]{0,8})\\.json");

    private final Path directory;
    private final Map<Path, TopicKey> read = new ConcurrentHashMap<>();

    public FileTopicKeyRing(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<TopicKey> key(String meshId, String topicId, int epoch) {
        Path file = directory(meshId, topicId).resolve(epoch + ".json");
        TopicKey known = read.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TopicKey> found = PrivateFiles.read(file).map(text -> parse(file, epoch, text));
        found.ifPresent(key -> read.put(file, key));
        return found;
    }

    private static TopicKey parse(Path file, int epoch, String text) {
        JsonNode entry = JsonReader.read(text).orElseThrow(() -> damaged(file));
        try {
            return new TopicKey(
                    epoch,
                    Base64Text.decode(entry.path("key").asText()),
                    entry.path("sealedBy").asText(),
                    entry.path("sealerName").asText());
        } catch (IllegalArgumentException malformed) {
            throw damaged(file);
        }
    }

    @Override
    public Optional<TopicKey> latest(String meshId, String topicId) {
        Path topic = directory(meshId, topicId);
        try (Stream<Path> files = list(topic)) {
            IntStream epochs = files.map(
                            file -> EPOCH_FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)));
            return epochs.boxed().max(Integer::compare).flatMap(epoch -> key(meshId, topicId, epoch));
        }
    }

    @Override
    public void keep(String meshId, String topicId, TopicKey key) {
        Path file = directory(meshId, topicId).resolve(key.epoch() + ".json");
        PrivateFiles.makeDirectory(directory);
        PrivateFiles.makeDirectory(directory.resolve(fileName(meshId)));
        PrivateFiles.replace(
                file,
                Output.object()
                                .put("version", 1)
                                .put("meshId", meshId)
                                .put("topicId", topicId)
                                .put("epoch", key.epoch())
                                .put("key", Base64Text.encode(key.key()))
                                .put("sealedBy", key.sealedBy())
                                .put("sealerName", key.sealerName())
                        + "\n");
        read.put(file, key);
    }

    /** Only topics whose id is fit for a file name, as those of a server are. */
    @Override
    public Set<String> topics(String meshId) {
        Path mesh = directory.resolve(fileName(meshId));
        try (Stream<Path> topics = list(mesh)) {
            return topics.map(topic -> topic.getFileName().toString())
                    .filter(PLAIN_NAME.asMatchPredicate())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static Stream<Path> list(Path directory) {
        try {
            return Files.isDirectory(directory) ? Files.list(directory) : Stream.empty();
        } catch (IOException failed) {
            throw CliException.io("can't read " + directory + ": " + failed.getMessage());
        }
    }

    private Path directory(String meshId, String topicId) {
        return directory.resolve(fileName(meshId)).resolve(fileName(topicId));
    }

    /** Ids come from a server: nothing of them may leave the directory. */
    private static String fileName(String id) {
        Predicate<String> plain = PLAIN_NAME.asMatchPredicate();
        return plain.test(id) ? id : "." + Digests.sha256Hex(id);
    }

    private static CliException damaged(Path file) {
        return CliException.io(file + " is damaged; remove it, and the key is asked for again");
    }
}

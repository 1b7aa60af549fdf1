package com.claudemesh.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which messages a file holds, in order, how long their lines are, and which were seen; without their texts. */
final class InboxOutline {
    private record Entry(String messageId, int bytes) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private InboxOutline() {}

    static InboxOutline of(InboxFile file) throws IOException {
        InboxOutline outline = new InboxOutline();
        Set<String> ids = new HashSet<>();
        file.read(0, line -> {
            InboxLine read = InboxLine.parse(line);
            outline.seen.addAll(read.seen());
            if (read.messageId() != null && ids.add(read.messageId())) {
                outline.entries.add(new Entry(read.messageId(), line.getBytes(StandardCharsets.UTF_8).length + 1));
            }
        });
        return outline;
    }

    /** The oldest message such that it and all newer ones are within both bounds; the newest always is. */
    int firstKept(int maxMessages, long maxBytes) {
        long bytes = 0;
        int first = entries.size();
        while (first > 0 && entries.size() - first < maxMessages) {
            bytes += entries.get(first - 1).bytes();
            if (bytes > maxBytes && first < entries.size()) {
                break;
            }
            first--;
        }
        return first;
    }

    /** The seen ones among the messages from an index on. */
    List<String> seenFrom(int first) {
        return entries.subList(first, entries.size()).stream()
                .map(Entry::messageId)
                .filter(seen::contains)
                .toList();
    }

    /** Copies the lines of the messages from an index on, unchanged. */
    void copy(InboxFile file, int first, InboxFile.LineReader to) throws IOException {
        Set<String> wanted = new HashSet<>();
        entries.subList(first, entries.size()).forEach(entry -> wanted.add(entry.messageId()));
        file.read(0, line -> {
            String id = InboxLine.parse(line).messageId();
            if (id != null && wanted.remove(id)) {
                to.line(line);
            }
        });
    }
}

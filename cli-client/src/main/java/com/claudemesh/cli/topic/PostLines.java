package com.claudemesh.cli.topic;

import com.claudemesh.cli.output.Output;
import com.claudemesh.sdk.topic.TopicBody.Opened;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows posts, one line each with its context, and knows the last ones to say what a reply answers. One thread. */
final class PostLines {
    private static final int REMEMBERED = 500;
    private static final int SHOWN_ID_CHARS = 8;
    private static final int SNIPPET_CHARS = 60;
    private static final int CLOCK_CHARS = 8;

    private final Output output;
    private final ZoneId zone;
    private final Map<String, String> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    PostLines(Output output, ZoneId zone) {
        this.output = output;
        this.zone = zone;
    }

    void show(Post post, Opened opened) {
        String text = text(opened);
        String sender = Output.safe(post.senderName());
        post.replyToId()
                .ifPresent(parent -> output.text("  "
                        + output.palette()
                                .dim(" ".repeat(CLOCK_CHARS) + "  ↳ "
                                        + shown.getOrDefault(parent, "#" + shortened(parent, SHOWN_ID_CHARS)))));
        String lock = post.body().needsKey() ? " 🔒" : "";
        String head = "  " + output.palette().dim(clock(post.createdAt())) + "  "
                + output.palette().bold(sender) + "  ";
        String tail = output.palette().dim("  #" + Output.safe(shortened(post.id(), SHOWN_ID_CHARS)) + lock);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = Output.safe(lines[i]);
            output.text(
                    i == 0
                            ? head + line + (lines.length == 1 ? tail : "")
                            : "  " + " ".repeat(CLOCK_CHARS + 2) + line + (i == lines.length - 1 ? tail : ""));
        }
        shown.put(post.id(), sender + ": " + shortened(Output.safe(text), SNIPPET_CHARS));
    }

    /** The server's record with what it says, or why that can't be said. */
    static ObjectNode json(Post post, Opened opened) {
        ObjectNode record = post.json().deepCopy();
        record.remove("type");
        if (opened instanceof Opened.Text text) {
            return record.put("message", text.text());
        }
        return record.putNull("message").put("problem", text(opened));
    }

    static String text(Opened opened) {
        if (opened instanceof Opened.Text text) {
            return text.text();
        }
        if (opened instanceof Opened.KeyMissing) {
            return "[waiting for a member to share the key]";
        }
        return opened instanceof Opened.OutOfReach lost
                ? "[can't be read: " + lost.reason() + "]"
                : "[can't be read: it was not made with the topic's key]";
    }

    private String clock(String createdAt) {
        try {
            return Instant.parse(createdAt)
                    .atZone(zone)
                    .toLocalTime()
                    .withNano(0)
                    .format(DateTimeFormatter.ISO_LOCAL_TIME);
        } catch (DateTimeException noInstant) {
            return " ".repeat(CLOCK_CHARS);
        }
    }

    private static String shortened(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars) + (chars > SHOWN_ID_CHARS ? "…" : "");
    }
}

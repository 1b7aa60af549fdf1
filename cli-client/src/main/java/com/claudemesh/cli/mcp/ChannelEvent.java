package com.claudemesh.cli.mcp;

import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the host shows inside the conversation.
 *
 * @param meta attributes of the event, in order; texts all of them, because the host silently drops an event with any
 *     other kind of value
 */
record ChannelEvent(String content, Map<String, String> meta) {
    private static final String METHOD = "notifications/claude/channel";

    ChannelEvent {
        meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    }

    ObjectNode notification() {
        ObjectNode params = Output.object().put("content", content);
        ObjectNode attributes = params.putObject("meta");
        meta.forEach(attributes::put);
        return JsonRpc.notification(METHOD, params);
    }

    /** Collects attributes; unknown ones are left out. */
    static final class Meta {
        private final Map<String, String> values = new LinkedHashMap<>();

        Meta put(String key, @Nullable String value) {
            if (value != null) {
                values.put(key, value);
            }
            return this;
        }

        ChannelEvent with(String content) {
            return new ChannelEvent(content, values);
        }
    }
}

package com.claudemesh.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.protocol.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerEventReaderTest {
    private final AtomicInteger alive = new AtomicInteger();

    private List<ServerEvent> read(String text) throws IOException {
        ServerEventReader reader = new ServerEventReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), alive::incrementAndGet);
        List<ServerEvent> events = new ArrayList<>();
        for (Optional<ServerEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get());
        }
        return events;
    }

    @Test
    void event_fieldsInAnyOrder_areRead() throws IOException {
        assertThat(read("event: message\ndata: {\"a\":1}\nid: m1\n\nid:m2\ndata:x\n\n"))
                .containsExactly(new ServerEvent("message", "{\"a\":1}", "m1"), new ServerEvent("message", "x", "m2"));
    }

    @Test
    void data_severalLines_areJoined() throws IOException {
        assertThat(read("data: a\r\ndata:  b\r\n\r\n")).containsExactly(new ServerEvent("message", "a\n b", ""));
    }

    @Test
    void comment_keepsAlive() throws IOException {
        assertThat(read(": beat\n\n: beat\n\n")).isEmpty();
        assertThat(alive).hasValue(4);
    }

    @Test
    void event_cutOff_isNone() throws IOException {
        assertThat(read("id: m1\ndata: half")).isEmpty();
    }

    @Test
    void id_withoutData_doesNotReachTheNextEvent() throws IOException {
        assertThat(read("id: m1\n\ndata: x\n\n")).containsExactly(new ServerEvent("message", "x", ""));
    }

    @Test
    void line_endless_isRefused() {
        assertThatThrownBy(() -> read("data: " + "x".repeat(Limits.MAX_FRAME_BYTES + 1) + "\n\n"))
                .isInstanceOf(ProtocolException.class);
    }
}

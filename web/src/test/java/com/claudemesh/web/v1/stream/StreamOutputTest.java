package com.claudemesh.web.v1.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamOutputTest {
    private static final int PLENTY = 1_000;

    private final FakeSink sink = new FakeSink();
    private int roomAgain;
    private int gone;
    private final StreamOutput output = new StreamOutput(sink, Runnable::run, 10, () -> roomAgain++, () -> gone++);

    @Test
    void offer_beforeTheConnectionIsReady_waits() {
        sink.takes(PLENTY);
        output.offer(bytes("one"));
        assertThat(sink.text()).isEmpty();

        output.ready();

        assertThat(sink.text()).isEqualTo("one");
    }

    @Test
    void offer_readyConnection_isWrittenAtOnceInOrder() {
        sink.takes(PLENTY);
        output.ready();

        output.offer(bytes("one "));
        output.offer(bytes("two "));

        assertThat(sink.text()).isEqualTo("one two ");
        assertThat(output.isEmpty()).isTrue();
    }

    @Test
    void offer_connectionBecomesReadyLater_isWrittenThen() {
        output.ready();
        output.offer(bytes("one "));
        output.offer(bytes("two "));
        assertThat(sink.text()).isEmpty();

        sink.takes(1);
        output.ready();
        assertThat(sink.text()).isEqualTo("one ");
        sink.takes(PLENTY);
        output.ready();

        assertThat(sink.text()).isEqualTo("one two ");
    }

    @Test
    void offer_moreThanMayWait_isRefused() {
        output.ready();

        assertThat(output.offer(bytes("12345678"))).isTrue();
        assertThat(output.offer(bytes("901"))).isFalse();
    }

    @Test
    void offer_oneEventLargerThanTheBuffer_fitsWhenNothingWaits() {
        assertThat(output.offer(bytes("12345678901234567890"))).isTrue();
    }

    @Test
    void ready_queueWritten_saysThatThereIsRoom() {
        output.ready();
        output.offer(bytes("one"));
        int before = roomAgain;

        sink.takes(PLENTY);
        output.ready();

        assertThat(roomAgain).isEqualTo(before + 1);
    }

    @Test
    void finish_eventsWaiting_closesAfterThem() {
        output.ready();
        output.offer(bytes("one"));
        output.finish();
        assertThat(sink.closes()).isZero();

        sink.takes(PLENTY);
        output.ready();

        assertThat(sink.text()).isEqualTo("one");
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(gone).isEqualTo(1);
        assertThat(output.offer(bytes("two"))).isFalse();
    }

    @Test
    void write_connectionBroken_isGoneOnce() {
        sink.takes(PLENTY).breaks();
        output.ready();

        output.offer(bytes("one"));
        output.offer(bytes("two"));
        output.abort();

        assertThat(gone).isEqualTo(1);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void abort_eventsWaiting_closesAtOnce() {
        output.ready();
        output.offer(bytes("one"));

        output.abort();

        assertThat(sink.closes()).isEqualTo(1);
        assertThat(sink.text()).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

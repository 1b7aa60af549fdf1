package com.claudemesh.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Priority;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarkBufferTest {
    private static final long LINGER_NANOS = 50_000_000;
    private static final int MANY = 1_000;

    private final MarkBuffer buffer = new MarkBuffer(LINGER_NANOS);

    @Test
    void take_sentThenReceivedWithinTheLinger_leavesOneMark() {
        buffer.add(Mark.of(Mark.Kind.SENT, copy(1)), 0);
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(1)), 10);

        assertThat(buffer.take(LINGER_NANOS, MANY, false))
                .extracting(Mark::kind)
                .containsExactly(Mark.Kind.RECEIVED);
    }

    @Test
    void take_beforeTheLingerIsOver_leavesMarksThatNobodyWaitsFor() {
        buffer.add(Mark.of(Mark.Kind.SENT, copy(1)), 0);

        assertThat(buffer.take(LINGER_NANOS - 1, MANY, false)).isEmpty();
        assertThat(buffer.isEmpty()).isFalse();
    }

    @Test
    void take_oldestIsDue_takesThoseThatWaitedHalfAsLongToo() {
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(1)), 0);
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(2)), LINGER_NANOS / 2);
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(3)), LINGER_NANOS / 2 + 1);

        assertThat(buffer.take(LINGER_NANOS, MANY, false)).extracting(Mark::seq).containsExactly(1L, 2L);
        assertThat(buffer.take(LINGER_NANOS, MANY, false)).isEmpty();
    }

    @Test
    void take_everything_doesNotWaitForTheLinger() {
        buffer.add(Mark.of(Mark.Kind.SENT, copy(1)), 0);

        assertThat(buffer.take(1, MANY, true)).hasSize(1);
    }

    @Test
    void take_moreThanTheMostMarks_leavesTheYoungerOnes() {
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(1)), 0);
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(2)), 1);

        assertThat(buffer.take(2 * LINGER_NANOS, 1, false))
                .extracting(Mark::seq)
                .containsExactly(1L);
        assertThat(buffer.take(2 * LINGER_NANOS, 1, false))
                .extracting(Mark::seq)
                .containsExactly(2L);
    }

    @Test
    void dueIn_release_isDueAtOnce() {
        buffer.add(Mark.of(Mark.Kind.SENT, copy(1)), 0);

        buffer.add(Mark.of(Mark.Kind.RELEASED, copy(2)), 0);

        assertThat(buffer.dueInNanos(0)).isZero();
    }

    @Test
    void dueIn_lingeringMark_isTheRestOfTheLinger() {
        buffer.add(Mark.of(Mark.Kind.SENT, copy(1)), 0);

        assertThat(buffer.dueInNanos(LINGER_NANOS / 5)).isEqualTo(LINGER_NANOS - LINGER_NANOS / 5);
    }

    @Test
    void dueIn_nothingWaits_isNever() {
        assertThat(buffer.dueInNanos(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void add_lateSentAfterReceived_changesNothing() {
        buffer.add(Mark.of(Mark.Kind.RECEIVED, copy(1)), 0);

        buffer.add(Mark.of(Mark.Kind.SENT, copy(1)), 1);

        assertThat(buffer.take(LINGER_NANOS, MANY, true)).extracting(Mark::kind).containsExactly(Mark.Kind.RECEIVED);
    }

    private static Delivery copy(long seq) {
        Message message = new Message(
                "m" + seq,
                "mesh",
                new Message.Sender("alice", "key", null, "presence", "Alice"),
                "target",
                Priority.NEXT,
                "",
                "",
                new Message.Extras(null, null, null, null, null),
                Instant.EPOCH,
                Instant.MAX);
        return new Delivery(seq, message, new Recipient("bob", null));
    }
}

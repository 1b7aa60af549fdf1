package com.claudemesh.web.v1.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.topic.TopicCaller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicStreamTest {
    private static final int PLENTY = 1_000_000;
    private static final int BUFFER_BYTES = 2_000;
    private static final long HEARTBEAT_MILLIS = 30_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeSink sink = new FakeSink();
    private final FakeFeed feed = new FakeFeed();
    private int ends;

    @Test
    void stream_postsAfterTheStart_areToldInOrder() {
        TopicStream stream = started(0);
        sink.takes(PLENTY);
        stream.output().ready();

        feed.post();
        feed.post();

        assertThat(told()).containsExactly("post1", "post2");
    }

    @Test
    void stream_startedBehindAPost_goesOnAfterIt() {
        posted(3);

        readable(started(2));

        assertThat(told()).containsExactly("post3");
    }

    @Test
    void stream_backlogLargerThanTheBuffer_isToldWithoutGapOrRepetition() {
        posted(500);

        readable(started(0));

        assertThat(told()).containsExactlyElementsOf(posts(1, 500));
        assertThat(feed.follows()).isGreaterThan(1);
        assertThat(feed.listeners()).isEqualTo(1);
    }

    @Test
    void stream_readerFallsBehind_isCaughtUpWhenItReadsAgain() {
        TopicStream stream = started(0);
        posted(300);
        assertThat(feed.listeners()).isZero();

        readable(stream);
        feed.post();

        assertThat(told()).containsExactlyElementsOf(posts(1, 301));
    }

    @Test
    void stream_topicEnds_tellsTheReaderAndCloses() {
        TopicStream stream = readable(started(0));
        feed.post();

        feed.end();

        assertThat(sink.text()).endsWith("event: end\ndata: {\"reason\":\"topic_closed\"}\n\n");
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(ends).isEqualTo(1);
        assertThat(feed.listeners()).isZero();
        assertThat(stream.output().offer(new byte[1])).isFalse();
    }

    @Test
    void stream_topicCannotBeFollowed_endsSoThatTheReaderComesBack() {
        TopicStream stream = new TopicStream(
                new TopicStream.Subject(
                        "key",
                        new TopicCaller("mesh", "alice"),
                        (after, listener) -> {
                            throw new IllegalStateException("no database");
                        },
                        0),
                machinery(),
                sink,
                () -> ends++);
        stream.start(bytes("ready"), START);

        readable(stream);

        assertThat(sink.text()).contains("unavailable").doesNotContain("no database");
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void tick_afterThePeriod_givesOneSignOfLife() {
        TopicStream stream = readable(started(0));

        stream.tick(START.plusMillis(HEARTBEAT_MILLIS - 1), HEARTBEAT_MILLIS);
        assertThat(sink.text()).doesNotContain("heartbeat");
        stream.tick(START.plusMillis(HEARTBEAT_MILLIS), HEARTBEAT_MILLIS);
        stream.tick(START.plusMillis(HEARTBEAT_MILLIS + 1_000), HEARTBEAT_MILLIS);

        assertThat(sink.text().split("event: heartbeat", -1)).hasSize(2);
        assertThat(sink.text())
                .contains("event: heartbeat\ndata: "
                        + START.plusMillis(HEARTBEAT_MILLIS).toEpochMilli() + "\n\n");
    }

    @Test
    void tick_readerStandsStill_isEnded() {
        TopicStream stream = started(0);
        feed.post();
        stream.tick(START.plusMillis(1_000), HEARTBEAT_MILLIS);
        assertThat(ends).isZero();

        stream.tick(START.plusMillis(HEARTBEAT_MILLIS + 1_000), HEARTBEAT_MILLIS);

        assertThat(sink.drops()).isEqualTo(1);
        assertThat(ends).isEqualTo(1);
        assertThat(feed.listeners()).isZero();
    }

    @Test
    void tick_readerIsGone_isOver() {
        TopicStream stream = readable(started(0));
        sink.disconnects();

        stream.tick(START.plusMillis(1), HEARTBEAT_MILLIS);

        assertThat(ends).isEqualTo(1);
        assertThat(feed.listeners()).isZero();
    }

    @Test
    void tick_slowReaderThatReads_isKept() {
        TopicStream stream = started(0);
        posted(10);
        for (int second = 1; second < 300; second += 10) {
            sink.takes(1);
            stream.output().ready();
            stream.tick(START.plusSeconds(second), HEARTBEAT_MILLIS);
        }

        assertThat(ends).isZero();
    }

    @Test
    void message_event_hasTheShapeThatClientsRead() {
        readable(started(0));

        feed.post();

        assertThat(sink.text())
                .contains("event: message\ndata: {\"id\":\"post1\"")
                .contains("}\nid: post1\n\n");
    }

    private void posted(int count) {
        for (int i = 0; i < count; i++) {
            feed.post();
        }
    }

    private TopicStream started(long afterSequence) {
        TopicStream stream = new TopicStream(
                new TopicStream.Subject("key", new TopicCaller("mesh", "alice"), feed, afterSequence),
                machinery(),
                sink,
                () -> ends++);
        stream.start(bytes("event: ready\ndata: {}\n\n"), START);
        return stream;
    }

    private TopicStream readable(TopicStream stream) {
        sink.takes(PLENTY);
        stream.output().ready();
        return stream;
    }

    private static TopicStream.Machinery machinery() {
        return new TopicStream.Machinery(new SseEvents(), Runnable::run, Runnable::run, BUFFER_BYTES);
    }

    private List<String> told() {
        return Pattern.compile("\nid: (post\\d+)\n")
                .matcher(sink.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> posts(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "post" + i).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

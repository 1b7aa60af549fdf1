package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.presence.Peer;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.TopicList;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TopicRatesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TopicRates rates = new TopicRates(2, 3, nanos::get);
    private final FrameHandler<TopicList> change = rates.change((frame, peer) -> Reply.Receipt.RECEIPT);
    private final FrameHandler<TopicList> read = rates.read((frame, peer) -> Reply.Silent.SILENT);
    private final Peer ann = TestPeer.of("mesh", "ann", List.of());

    private Reply ask(FrameHandler<TopicList> handler, Peer peer) {
        return handler.handle(new TopicList(), peer);
    }

    private static ErrorFrame refusal(Reply reply) {
        return (ErrorFrame) ((Reply.Now) reply).frame();
    }

    @Test
    void change_moreThanAllowed_isNotHandledAndSaysWhenToComeBack() {
        ask(change, ann);
        ask(change, ann);

        Reply third = ask(change, ann);

        assertThat(refusal(third))
                .isEqualTo(ErrorFrame.of(ErrorCode.RATE_LIMITED, "too many topic requests, try again in 30000 ms"));
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(ask(change, ann)).isEqualTo(Reply.Receipt.RECEIPT);
    }

    @Test
    void reads_haveARateOfTheirOwn() {
        ask(change, ann);
        ask(change, ann);
        ask(change, ann);

        assertThat(ask(read, ann)).isEqualTo(Reply.Silent.SILENT);
    }

    @Test
    void connections_ofOneMember_shareItsRateAndOthersDoNot() {
        ask(change, ann);
        ask(change, TestPeer.of("mesh", "ann", List.of()));

        assertThat(refusal(ask(change, ann))).isNotNull();
        assertThat(ask(change, TestPeer.of("mesh", "bob", List.of()))).isEqualTo(Reply.Receipt.RECEIPT);
    }
}

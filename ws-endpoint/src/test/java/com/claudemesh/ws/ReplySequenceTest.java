package com.claudemesh.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplySequenceTest {
    private final List<String> sent = new ArrayList<>();
    private final ReplySequence replies = new ReplySequence(sent::add);

    @Test
    void now_nothingWaiting_leavesAtOnce() {
        replies.now("a");

        assertThat(sent).containsExactly("a");
    }

    @Test
    void now_behindAReplyThatIsNotReady_waitsForIt() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        replies.later(slow);
        replies.now("b");
        assertThat(sent).isEmpty();

        slow.complete("a");

        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void later_readyInAnotherOrder_leavesInRequestOrder() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        replies.later(first);
        replies.later(second);

        second.complete("2");
        first.complete("1");

        assertThat(sent).containsExactly("1", "2");
    }

    @Test
    void later_withoutAText_leavesNoReplyAndBlocksNobody() {
        CompletableFuture<String> none = new CompletableFuture<>();
        replies.later(none);
        replies.now("next");

        none.complete(null);

        assertThat(sent).containsExactly("next");
    }
}

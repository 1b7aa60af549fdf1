package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck.RestoredStats;
import com.claudemesh.protocol.frame.PeerProfile;
import com.claudemesh.protocol.frame.PeerStats;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerStateTest {
    private static final PeerStatus IDLE = PeerStatus.initial(Instant.EPOCH);

    @Test
    void join_again_replacesTheRoleAndAnAbsentOneClearsIt() {
        PeerState state = PeerState.fresh(List.of(), IDLE);

        state.join(new GroupLabel("eng", "lead"));
        assertThat(state.groups()).containsExactly(new GroupLabel("eng", "lead"));
        state.join(new GroupLabel("eng", null));

        assertThat(state.groups()).containsExactly(new GroupLabel("eng", null));
    }

    @Test
    void join_oneGroupTooMany_isRefusedAndAKnownOneIsNot() {
        PeerState state = PeerState.fresh(List.of(), IDLE);
        for (int i = 0; i < Limits.MAX_GROUPS; i++) {
            assertThat(state.join(new GroupLabel("g" + i, null))).isTrue();
        }

        assertThat(state.join(new GroupLabel("one-more", null))).isFalse();
        assertThat(state.join(new GroupLabel("g1", "lead"))).isTrue();
        assertThat(state.groups()).hasSize(Limits.MAX_GROUPS);
    }

    @Test
    void leave_removesTheExactNameOnly() {
        PeerState state = PeerState.fresh(List.of(new GroupLabel("eng", null), new GroupLabel("eng/core", null)), IDLE);

        state.leave("eng");

        assertThat(state.groups()).containsExactly(new GroupLabel("eng/core", null));
    }

    @Test
    void groups_namedTwiceInTheHello_areOneWithTheLastRole() {
        PeerState state = PeerState.fresh(List.of(new GroupLabel("eng", "a"), new GroupLabel("eng", "b")), IDLE);

        assertThat(state.groups()).containsExactly(new GroupLabel("eng", "b"));
    }

    @Test
    void gain_totalsWereHandedOut_isTheReportLessThem() {
        PeerState state = restored(new RestoredStats(100, 50, 10, 1));

        state.report(stats(107, 50, 12, 1));

        assertThat(state.snapshot().gain()).isEqualTo(new RestoredStats(7, 0, 2, 0));
    }

    @Test
    void gain_nothingWasHandedOut_isTheWholeReport() {
        PeerState state = PeerState.fresh(List.of(), IDLE);

        state.report(stats(3, 2, 1, 0));

        assertThat(state.snapshot().gain()).isEqualTo(new RestoredStats(3, 2, 1, 0));
    }

    @Test
    void gain_savedOnce_isNotCountedAgain() {
        PeerState state = PeerState.fresh(List.of(), IDLE);
        state.report(stats(3, 2, 1, 0));
        state.counted(state.snapshot());
        state.report(stats(5, 2, 1, 0));

        assertThat(state.snapshot().gain()).isEqualTo(new RestoredStats(2, 0, 0, 0));
    }

    @Test
    void gain_counterMissingInTheReport_isNone() {
        PeerState state = restored(new RestoredStats(100, 50, 10, 1));

        state.report(new PeerStats(101L, null, null, null, null));

        assertThat(state.snapshot().gain()).isEqualTo(new RestoredStats(1, 0, 0, 0));
    }

    @Test
    void unmirrored_onlyAfterAChangeAndUntilItIsWritten() {
        PeerState state = PeerState.fresh(List.of(), IDLE);
        assertThat(state.unmirrored()).isEmpty();

        state.summarize("reviewing");
        PeerState.Snapshot written = state.unmirrored().orElseThrow();
        state.leave("no such group");
        state.mirrored(written);
        assertThat(state.unmirrored()).isEmpty();

        state.show(false);
        assertThat(state.unmirrored()).isPresent();
    }

    @Test
    void unmirrored_changedWhileBeingWritten_isWrittenAgain() {
        PeerState state = PeerState.fresh(List.of(), IDLE);
        state.summarize("one");
        PeerState.Snapshot written = state.unmirrored().orElseThrow();
        state.summarize("two");

        state.mirrored(written);

        assertThat(state.unmirrored().orElseThrow().summary()).isEqualTo("two");
    }

    private static PeerState restored(RestoredStats handedOut) {
        return new PeerState(List.of(), PeerProfile.EMPTY, true, null, IDLE, handedOut);
    }

    private static PeerStats stats(long in, long out, long calls, long errors) {
        return new PeerStats(in, out, calls, null, errors);
    }
}

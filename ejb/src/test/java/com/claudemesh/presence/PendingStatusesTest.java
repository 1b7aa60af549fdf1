package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Status;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingStatusesTest {
    private final MovingClock clock = new MovingClock();
    private final PendingStatuses pending = new PendingStatuses(clock, Duration.ofSeconds(10));

    @Test
    void keep_moreThanAllowed_dropsTheOldest() {
        for (int pid = 0; pid <= PendingStatuses.MAX_REPORTS; pid++) {
            keep(pid, null);
        }

        assertThat(pending.size()).isEqualTo(PendingStatuses.MAX_REPORTS);
        assertThat(takes(0, "s")).isFalse();
        assertThat(takes(PendingStatuses.MAX_REPORTS, "s")).isTrue();
    }

    @Test
    void keep_oneProcessAgainAndAgain_needsOnePlace() {
        keep(1, null);
        keep(1, null);

        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void take_namedSession_isFoundWhateverItsProcess() {
        keep(1, "claude-1");

        assertThat(takes(2, "claude-1")).isTrue();
    }

    @Test
    void sweep_afterTheLifetime_forgetsEverything() {
        keep(1, null);
        clock.passSeconds(11);

        pending.sweep();

        assertThat(pending.size()).isZero();
    }

    private void keep(long pid, String sessionId) {
        pending.keep(new HookReport(TestPeers.ADDRESS, pid, "/project", sessionId, Status.WORKING));
    }

    private boolean takes(long pid, String sessionId) {
        ClientInfo client = new ClientInfo(sessionId, pid, "/project", null, null, null, null, Set.of());
        return pending.take(new PeerOrigin(false, TestPeers.ADDRESS), client).isPresent();
    }
}

package com.claudemesh.presence;

import static com.claudemesh.presence.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final MovingClock clock = new MovingClock();
    private final Leases leases = new Leases(clock::nanos, Duration.ofSeconds(90));

    @Test
    void start_makesThePeerAwayAndDueAfterTheGrace() {
        Peer peer = peer().sessionConnection().build();
        leases.start(peer);
        assertThat(peer.away()).isTrue();

        clock.passSeconds(89);
        assertThat(leases.takeDue()).isEmpty();
        clock.passSeconds(1);

        assertThat(leases.takeDue()).containsExactly(peer);
        assertThat(leases.takeDue()).isEmpty();
    }

    @Test
    void cancel_beforeTheEnd_isNeverDue() {
        Peer peer = peer().sessionConnection().build();
        leases.start(peer);
        leases.cancel(peer);
        clock.passSeconds(1_000);

        assertThat(leases.takeDue()).isEmpty();
    }

    @Test
    void takeAll_atTheEndOfTheServer_doesNotWait() {
        Peer peer = peer().sessionConnection().build();
        leases.start(peer);

        assertThat(leases.takeAll()).containsExactly(peer);
    }
}

package com.claudemesh.cli.mcp;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The peers of one mesh as they were a moment ago: for names of senders, and in the file from which the status line and
 * later verbs read. Safe for any thread.
 */
final class PeerWatch {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    /** Many may come and go at once; they are counted once. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final int SHOWN_KEY_CHARS = 8;

    private final Membership mesh;
    private final Participant who;
    private final MeshLink link;
    private final PeerCache cache;
    private final Timer timer;
    private final Clock clock;
    private final Diagnostics log;
    private volatile List<PeerInfo> peers = List.of();
    private boolean due;

    PeerWatch(
            Membership mesh,
            Participant who,
            MeshLink link,
            PeerCache cache,
            Timer timer,
            Clock clock,
            Diagnostics log) {
        this.mesh = mesh;
        this.who = who;
        this.link = link;
        this.cache = cache;
        this.timer = timer;
        this.clock = clock;
        this.log = log;
    }

    /** Looks now and then, for as long as the timer runs. */
    void start() {
        timer.after(PERIOD, () -> {
            look();
            start();
        });
    }

    /** Looks soon: somebody came or went. */
    synchronized void changed() {
        if (!due) {
            due = true;
            timer.after(SETTLE, this::look);
        }
    }

    List<PeerInfo> latest() {
        return peers;
    }

    /** Takes over a list that was just asked for. */
    void saw(List<PeerInfo> online) {
        peers = List.copyOf(online);
        try {
            cache.remember(mesh.slug(), online, who.displayName(), clock.instant());
        } catch (CliException unwritable) {
            log.warn(String.valueOf(unwritable.getMessage()));
        }
    }

    /** The name that goes with the key, or one made of the key. */
    String nameOf(String key) {
        Optional<String> name = peers.stream()
                .filter(peer -> key.equals(peer.pubkey()) || key.equals(peer.memberPubkey()))
                .map(PeerInfo::displayName)
                .findFirst();
        return name.orElseGet(() -> "peer-" + key.substring(0, Math.min(SHOWN_KEY_CHARS, key.length())));
    }

    private void look() {
        synchronized (this) {
            due = false;
        }
        if (!link.online()) {
            return;
        }
        link.peers().thenAcceptAsync(this::saw, timer).exceptionally(failure -> {
            log.info(mesh.slug() + ": the peers were not listed: " + failure.getMessage());
            return null;
        });
    }
}

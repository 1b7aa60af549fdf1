package com.claudemesh.messaging;

import com.claudemesh.presence.Peer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** The mailboxes of this node's members, and the loader that fills them from the database. Safe for any thread. */
final class Mailboxes implements Mailbox.Backstage {
    private static final Logger LOG = System.getLogger(Mailboxes.class.getName());
    /** Most copies claimed at once; with the largest message they stay below a few megabytes. */
    private static final int LOAD_ROWS = 64;

    private final ConcurrentMap<String, Mailbox> byMember = new ConcurrentHashMap<>();
    private final DataSource database;
    private final MessageStore store;
    private final Clock clock;
    private final Executor loaders;
    private final Consumer<Mark> journal;
    private final DeliveryPolicy policy;
    private final long leaseMillis;

    Mailboxes(
            DataSource database,
            MessageStore store,
            Clock clock,
            Executor loaders,
            Consumer<Mark> journal,
            DeliveryPolicy policy,
            long leaseMillis) {
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.loaders = loaders;
        this.journal = journal;
        this.policy = policy;
        this.leaseMillis = leaseMillis;
    }

    /** Calls the function with the member's mailbox, which exists at least until the call returns. */
    <T> T with(String memberId, Function<Mailbox, T> use) {
        Object[] result = new Object[1];
        byMember.compute(memberId, (id, current) -> {
            Mailbox mailbox = current == null ? new Mailbox(id, this) : current;
            result[0] = use.apply(mailbox);
            return mailbox;
        });
        @SuppressWarnings("unchecked")
        T answer = (T) result[0];
        return answer;
    }

    void attach(Peer peer) {
        with(peer.memberId(), mailbox -> {
            mailbox.attach(peer);
            return null;
        });
    }

    void detach(Peer peer) {
        Mailbox mailbox = byMember.get(peer.memberId());
        if (mailbox != null) {
            mailbox.detach(peer);
        }
    }

    /** The peer's session is expected back: mail for exactly that session waits for it. */
    void await(Peer peer) {
        String sessionKey = peer.identity().sessionPublicKey();
        if (sessionKey != null) {
            with(peer.memberId(), mailbox -> {
                mailbox.await(sessionKey);
                return null;
            });
        }
    }

    /** An expected session will not come back. */
    void awaitNoLonger(Peer peer) {
        Mailbox mailbox = byMember.get(peer.memberId());
        String sessionKey = peer.identity().sessionPublicKey();
        if (mailbox != null && sessionKey != null) {
            mailbox.awaitNoLonger(sessionKey);
        }
    }

    void gateChanged(Peer peer) {
        Mailbox mailbox = byMember.get(peer.memberId());
        if (mailbox != null) {
            mailbox.gateChanged(peer);
        }
    }

    /** Takes back overdue copies and drops mailboxes that nobody needs. */
    void sweep() {
        for (String memberId : byMember.keySet()) {
            byMember.computeIfPresent(memberId, (id, mailbox) -> {
                mailbox.sweep();
                return mailbox.idle() ? null : mailbox;
            });
        }
    }

    /** Looks for copies that other nodes stored for members connected here. */
    void poll() {
        List<String> connected = byMember.values().stream()
                .filter(Mailbox::hasPeers)
                .map(Mailbox::memberId)
                .toList();
        if (connected.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            for (String memberId : store.membersOwed(connection, connected, clock.instant())) {
                Mailbox mailbox = byMember.get(memberId);
                if (mailbox != null) {
                    mailbox.nudge();
                }
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "event=delivery_poll_failed cause=" + e.getMessage());
        }
    }

    @Override
    public void startLoad(Mailbox mailbox) {
        loaders.execute(() -> load(mailbox));
    }

    private void load(Mailbox mailbox) {
        Mailbox.LoadResult result = Mailbox.LoadResult.FAILED;
        try {
            result = drain(mailbox);
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "event=mailbox_load_failed member=" + mailbox.memberId() + " cause=" + e.getMessage());
        } finally {
            mailbox.loaded(result);
        }
    }

    private Mailbox.LoadResult drain(Mailbox mailbox) throws SQLException {
        while (mailbox.canTakeMore()) {
            List<Delivery> claimed = claim(mailbox);
            if (!handOut(mailbox, claimed)) {
                return Mailbox.LoadResult.STOPPED;
            }
            if (claimed.size() < LOAD_ROWS) {
                return Mailbox.LoadResult.EXHAUSTED;
            }
        }
        return Mailbox.LoadResult.STOPPED;
    }

    /** False when the load must stop; the copies behind the one that did not fit are put back as well. */
    private boolean handOut(Mailbox mailbox, List<Delivery> claimed) {
        boolean taking = true;
        for (Delivery delivery : claimed) {
            Optional<FailureReason> refusal = policy.refusal(delivery);
            if (refusal.isPresent()) {
                journal.accept(Mark.failed(delivery, refusal.get()));
            } else {
                Mailbox.Offer offer =
                        mailbox.offerLoaded(delivery, delivery.message().encodePush());
                taking &= offer != Mailbox.Offer.NO_SPACE;
            }
        }
        return taking;
    }

    private List<Delivery> claim(Mailbox mailbox) throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            return store.claim(
                    connection, mailbox.memberId(), mailbox.gate(), LOAD_ROWS, now, now.plusMillis(leaseMillis));
        }
    }

    @Override
    public void mark(Mark mark) {
        journal.accept(mark);
    }

    @Override
    public long leaseMillis() {
        return leaseMillis;
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }
}

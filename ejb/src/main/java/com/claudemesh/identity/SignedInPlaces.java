package com.claudemesh.identity;

import com.claudemesh.identity.AccountLog.Event;
import com.claudemesh.platform.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everywhere an account is signed in: browsers and command lines. Blocking; safe for any thread. */
public final class SignedInPlaces {
    private final Transactions transactions;
    private final WebSessions sessions;
    private final AccountLog log;
    private final Clock clock;

    public SignedInPlaces(Transactions transactions, WebSessions sessions, AccountLog log, Clock clock) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
    }

    /** Ends every browser and command line session. Personal access tokens stay. */
    public void signOutEverywhere(String accountId, RequestOrigin origin) {
        transactions.execute(connection -> {
            endAll(connection, accountId, null);
            log.append(connection, Event.SIGNED_OUT_EVERYWHERE, accountId, origin, Map.of());
        });
    }

    void endAll(Connection connection, String accountId, @Nullable String exceptSessionId) throws SQLException {
        sessions.endAll(connection, accountId, exceptSessionId);
        TokenStore.revokeCommandLines(connection, accountId, clock.instant());
    }
}

package com.claudemesh.identity;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.crypto.token.RandomCode;
import java.time.Clock;

/** The operator's bearer token, of which the data directory holds the only copy. Blocking; safe for any thread. */
public final class Operator {
    private static final String MARK = "cm_op_";
    private static final int TOKEN_CHARS = MARK.length() + 43;

    private final Transactions transactions;
    private final Clock clock;

    public Operator(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Makes a new token and forgets earlier ones. */
    public String issueToken() {
        String token = MARK + RandomCode.urlToken();
        transactions.execute(connection -> {
            Sql.update(connection, "DELETE FROM public.operator_token");
            Sql.update(
                    connection,
                    "INSERT INTO public.operator_token (token_hash, created_at) VALUES (?, ?)",
                    Digests.sha256Hex(token),
                    clock.instant());
        });
        return token;
    }

    /** Whether the token is the operator's. The lookup is by hash, so its time says nothing about the token. */
    public boolean isToken(String token) {
        return token.length() == TOKEN_CHARS
                && token.startsWith(MARK)
                && transactions
                        .run(connection -> Sql.first(
                                connection,
                                "SELECT 1 FROM public.operator_token WHERE token_hash = ?",
                                row -> true,
                                Digests.sha256Hex(token)))
                        .isPresent();
    }
}

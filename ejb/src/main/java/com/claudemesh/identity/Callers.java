package com.claudemesh.identity;

import java.util.Optional;

/** Finds out who a request is from: the one place where tokens and cookies become callers. Blocking. */
public final class Callers {
    private final Operator operator;
    private final AccountTokens tokens;
    private final WebSessions sessions;

    public Callers(Operator operator, AccountTokens tokens, WebSessions sessions) {
        this.operator = operator;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** The caller with that bearer token; empty when the token means nothing. */
    public Optional<Caller> byBearer(String token) {
        if (operator.isToken(token)) {
            return Optional.of(new Caller.TheOperator());
        }
        return tokens.authenticate(token).map(Caller.Bearer::new);
    }

    /** The caller with that session cookie; empty when the session is over. */
    public Optional<Caller> bySession(String cookie) {
        return sessions.find(cookie).map(Caller.Browser::new);
    }
}

package com.claudemesh.web.access;

import com.claudemesh.identity.Account;
import com.claudemesh.identity.Caller;

/** What a caller must be. */
public enum Access {
    /** Anybody, and it does not matter who. */
    PUBLIC,
    /** Anybody; whoever shows a good credential is known, and a stale token is no hindrance. */
    ANYBODY,
    /** A person, in a browser or with a bearer token. */
    PERSON,
    /** A person in a browser: tokens must not make tokens, nor approve command lines. */
    BROWSER,
    /** The bearer of a person's token, or the operator. */
    BEARER,
    /** An administrator of the server, in a browser or with a bearer token, or the operator. */
    ADMINISTRATOR,
    /** The operator. */
    OPERATOR,
    /** The bearer of an API key of a mesh; see {@code web.v1}, whose filter decides. */
    API_KEY;

    boolean admits(Caller caller) {
        return switch (this) {
            case PUBLIC, ANYBODY -> true;
            case PERSON -> caller instanceof Caller.Browser || caller instanceof Caller.Bearer;
            case BROWSER -> caller instanceof Caller.Browser;
            case BEARER -> caller instanceof Caller.Bearer || caller instanceof Caller.TheOperator;
            case ADMINISTRATOR -> caller instanceof Caller.TheOperator || isAdministrator(caller);
            case OPERATOR -> caller instanceof Caller.TheOperator;
            case API_KEY -> false;
        };
    }

    private static boolean isAdministrator(Caller caller) {
        if (caller instanceof Caller.Browser browser) {
            return browser.account().isAdministrator();
        }
        return caller instanceof Caller.Bearer bearer && isAdministrator(bearer.account());
    }

    private static boolean isAdministrator(Account account) {
        return account.isAdministrator();
    }
}

package com.claudemesh.identity;

/** Who makes a request. Only what was proven: nothing that a client says about itself decides who it is. */
public sealed interface Caller {

    /** Nobody in particular. */
    record Anonymous() implements Caller {}

    /** The holder of the operator's token. */
    record TheOperator() implements Caller {}

    /** Somebody in a browser; every change needs a proof that the page is ours. */
    record Browser(WebSession.Active session) implements Caller {
        public Account account() {
            return session.account();
        }
    }

    /** Somebody's command line or script. */
    record Bearer(AccountToken.Active token) implements Caller {
        public Account account() {
            return token.account();
        }
    }
}

package com.claudemesh.identity;

/** What became of an administrator's change of an account. */
public sealed interface AccountChange {

    record Done(Account account) implements AccountChange {}

    /** A new account, with the link to set it up. */
    record Created(Account account, IssuedLink link) implements AccountChange {}

    record Unknown() implements AccountChange {}

    /** It would leave the server without an administrator who can sign in. */
    record LastAdministrator() implements AccountChange {}

    /** Nobody takes its own access away: another administrator does. */
    record OwnAccount() implements AccountChange {}

    /** The account has no such way to sign in. */
    record UnknownWayIn() implements AccountChange {}

    record Invalid(String field, String problem) implements AccountChange {}
}

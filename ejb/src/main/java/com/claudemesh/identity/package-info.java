/**
 * Who people are: accounts, ways to sign in, browser sessions, bearer tokens, sign-in of command lines.
 *
 * <p>Promise: secrets are stored as hashes only and found by hash; a link, a device code and a token hand-over work once, of
 * any number of attempts on any number of nodes; nothing answers differently for an account that exists; what ends a session
 * ends it everywhere from the next request on. Every change is written to the account log in its own transaction.
 *
 * <p>Plain Java with constructor injection over JDBC: {@link com.claudemesh.identity.IdentityWiring} makes the objects, so
 * that races run against a real database in unit tests. Blocking; services are safe for any thread, and are not called
 * inside a container-managed transaction.
 */
@NullMarked
package com.claudemesh.identity;

import org.jspecify.annotations.NullMarked;

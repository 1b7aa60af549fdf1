/**
 * Verbs about the person's account at a server: login, register, logout, whoami; and whose token a verb may use.
 *
 * <p>A token is only ever shown to the server that issued it.
 */
@NullMarked
package com.claudemesh.cli.account;

import org.jspecify.annotations.NullMarked;

/**
 * Accounts over HTTP: pages for people, the application's interface for scripts, and what command lines call to sign in.
 *
 * <p>Promise: the pages work without scripts and by keyboard; nothing tells a stranger who has an account; a visit never
 * changes anything, only a form does. Resources hold no state.
 */
@NullMarked
package com.claudemesh.web.account;

import org.jspecify.annotations.NullMarked;

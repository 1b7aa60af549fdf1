/**
 * Accounts, one-time sign-in links and the operator's token.
 *
 * <p>Promise: secrets are stored as hashes only and compared in constant time; a sign-in link works once. Blocking.
 */
@NullMarked
package com.claudemesh.identity;

import org.jspecify.annotations.NullMarked;

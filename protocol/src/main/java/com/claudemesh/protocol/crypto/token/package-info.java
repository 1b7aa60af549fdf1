/**
 * Tokens, keys and codes that stand for an authorisation: how they are made, recognised and compared.
 *
 * <p>Secrets are compared in constant time; only their hashes are meant to be stored. Safe for any thread.
 */
@NullMarked
package com.claudemesh.protocol.crypto.token;

import org.jspecify.annotations.NullMarked;

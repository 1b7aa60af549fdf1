/**
 * The building blocks below the formats: Salsa and ChaCha key derivation, hashes, comparison and random bytes.
 *
 * <p>Stateless and safe for any thread. Only what Bouncy Castle and the JDK lack, or need too much ceremony for.
 */
@NullMarked
package com.claudemesh.protocol.crypto.primitive;

import org.jspecify.annotations.NullMarked;

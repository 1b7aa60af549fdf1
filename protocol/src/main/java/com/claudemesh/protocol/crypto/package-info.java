/**
 * Byte-exact formats of everything in the protocol that is signed, encrypted, hashed or used as a token.
 *
 * <p>Primitives behave like libsodium 1.0.20. All classes are safe for any thread. Malformed, forged or foreign input
 * gives an empty result or a typed outcome; exceptions are for programming errors and for keys that the caller promised
 * to be good ({@link com.claudemesh.protocol.crypto.BadKeyException}). No message of any exception contains key
 * material or plaintext.
 */
@NullMarked
package com.claudemesh.protocol.crypto;

import org.jspecify.annotations.NullMarked;

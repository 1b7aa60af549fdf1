/**
 * What server and clients must agree on: frames, errors, limits, ids, text encodings and every cryptographic format.
 *
 * <p>Knows no server and no client. Everything here is immutable or stateless and safe for any thread unless a class
 * says otherwise.
 */
@NullMarked
package com.claudemesh.protocol;

import org.jspecify.annotations.NullMarked;

/**
 * Hashes that recognise a host after a clone and a request after a retry. Pure functions, safe for any thread.
 */
@NullMarked
package com.claudemesh.protocol.crypto.fingerprint;

import org.jspecify.annotations.NullMarked;

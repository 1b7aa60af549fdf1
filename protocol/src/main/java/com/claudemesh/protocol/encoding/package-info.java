/**
 * Text encodings of binary values on the wire: hexadecimal and the three Base64 forms.
 *
 * <p>Everything here is pure, static and safe for any thread. Strict decoders follow libsodium: one binary value has
 * exactly one accepted text (hexadecimal excepted, which is read in either case).
 */
@NullMarked
package com.claudemesh.protocol.encoding;

import org.jspecify.annotations.NullMarked;

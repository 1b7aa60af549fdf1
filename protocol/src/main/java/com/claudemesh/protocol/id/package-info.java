/** Public identifiers: 32 base62 characters from a cryptographic random source. */
@NullMarked
package com.claudemesh.protocol.id;

import org.jspecify.annotations.NullMarked;

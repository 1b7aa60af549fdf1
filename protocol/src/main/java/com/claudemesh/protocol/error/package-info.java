/** The one catalogue of error codes that travel on the wire, with their close codes. */
@NullMarked
package com.claudemesh.protocol.error;

import org.jspecify.annotations.NullMarked;

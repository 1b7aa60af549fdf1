/**
 * Names derived from other names: mesh slugs, bucket names and mentioned peers. Pure functions, safe for any thread.
 */
@NullMarked
package com.claudemesh.protocol.crypto.naming;

import org.jspecify.annotations.NullMarked;

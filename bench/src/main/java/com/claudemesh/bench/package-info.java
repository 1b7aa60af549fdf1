/**
 * Load generator and provisioning for measurements: talks to a server only through its public interfaces.
 *
 * <p>Every command prints machine-readable JSON on standard output and nothing else there.
 */
@NullMarked
package com.claudemesh.bench;

import org.jspecify.annotations.NullMarked;

/**
 * The supervisor behind {@code ./run}: one process that starts PostgreSQL and the application server for a data
 * directory, watches both, and stops both.
 *
 * <p>Promise: what can be known before a start to be wrong is said in one line within a second; whatever dies is started
 * again; a supervisor that was killed leaves nothing that the next one cannot clean up. Everything here runs on one thread,
 * except {@link com.claudemesh.distribution.Supervisor#stop()}.
 */
@NullMarked
package com.claudemesh.distribution;

import org.jspecify.annotations.NullMarked;

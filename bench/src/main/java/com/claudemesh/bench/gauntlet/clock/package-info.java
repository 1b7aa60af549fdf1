/**
 * Moves the wall clock of a running Java process: an agent is attached to it that replaces where {@code java.time.Clock}
 * gets its time from. The process's monotonic clock and the machine's clock stay as they are.
 */
@NullMarked
package com.claudemesh.bench.gauntlet.clock;

import org.jspecify.annotations.NullMarked;

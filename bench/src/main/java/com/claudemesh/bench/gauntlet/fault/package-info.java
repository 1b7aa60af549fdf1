/** The faults of the gauntlet, one class each. */
@NullMarked
package com.claudemesh.bench.gauntlet.fault;

import org.jspecify.annotations.NullMarked;

/**
 * Malformed frames from a seed: valid frames of every type that the protocol knows, made from its records, and then broken.
 * A new frame type is fuzzed without a change here.
 */
@NullMarked
package com.claudemesh.bench.gauntlet.fuzz;

import org.jspecify.annotations.NullMarked;

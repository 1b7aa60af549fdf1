/**
 * Faults on purpose, under load, and what must hold afterwards: nothing acknowledged is lost, nothing comes twice, order is
 * kept between a sender and a recipient, and the server holds no more threads, files and memory than before.
 *
 * <p>The same seed makes the same decisions. When something strikes within the server's work is up to the machine.
 */
@NullMarked
package com.claudemesh.bench.gauntlet;

import org.jspecify.annotations.NullMarked;

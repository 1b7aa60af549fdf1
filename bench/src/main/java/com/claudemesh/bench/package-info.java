/**
 * Load generator, fault gauntlet and provisioning: talks to a server as its users do, and where that is the point, kills,
 * freezes and misuses it.
 *
 * <p>Standard output holds results only: one JSON object per line, for {@code report} and {@code gauntlet} after a table.
 * Progress goes to standard error. The exit code is 0 when everything that was asked for holds.
 */
@NullMarked
package com.claudemesh.bench;

import org.jspecify.annotations.NullMarked;

/**
 * The per-mesh hash chain over audit rows: one hash for one row, and the walk that finds the first altered row.
 *
 * <p>Pure functions; storing rows and serialising writers is the caller's part. Safe for any thread.
 */
@NullMarked
package com.claudemesh.protocol.crypto.audit;

import org.jspecify.annotations.NullMarked;

/**
 * What the parts below the server could do at best, measured on the same machine at the same time: the container echoing
 * frames, and PostgreSQL taking batched rows.
 */
@NullMarked
package com.claudemesh.bench.ceiling;

import org.jspecify.annotations.NullMarked;

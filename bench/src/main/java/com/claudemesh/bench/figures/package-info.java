/** Numbers and how they are shown: durations, percentiles, tables. */
@NullMarked
package com.claudemesh.bench.figures;

import org.jspecify.annotations.NullMarked;

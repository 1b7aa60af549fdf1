/** All measurements in one go against a server of its own, next to the targets they are held against. */
@NullMarked
package com.claudemesh.bench.report;

import org.jspecify.annotations.NullMarked;

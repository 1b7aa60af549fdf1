/** Many readers of one topic over Server-Sent Events. */
@NullMarked
package com.claudemesh.bench.stream;

import org.jspecify.annotations.NullMarked;

/** How soon the record of a mesh is verified, asked as a member asks. */
@NullMarked
package com.claudemesh.bench.audit;

import org.jspecify.annotations.NullMarked;

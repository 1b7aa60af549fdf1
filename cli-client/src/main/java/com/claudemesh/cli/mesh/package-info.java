/** Verbs about memberships: join, list, leave. */
@NullMarked
package com.claudemesh.cli.mesh;

import org.jspecify.annotations.NullMarked;

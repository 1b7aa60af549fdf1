/** Verbs about live peers. */
@NullMarked
package com.claudemesh.cli.peer;

import org.jspecify.annotations.NullMarked;

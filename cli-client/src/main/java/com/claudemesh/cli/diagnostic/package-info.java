/** Verbs that tell whether this machine, its files and its servers are in order. */
@NullMarked
package com.claudemesh.cli.diagnostic;

import org.jspecify.annotations.NullMarked;

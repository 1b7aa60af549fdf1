/** Verbs that send messages and show received ones. */
@NullMarked
package com.claudemesh.cli.message;

import org.jspecify.annotations.NullMarked;

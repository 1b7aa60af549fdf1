/** Connections that a verb opens for its own run. */
@NullMarked
package com.claudemesh.cli.net;

import org.jspecify.annotations.NullMarked;

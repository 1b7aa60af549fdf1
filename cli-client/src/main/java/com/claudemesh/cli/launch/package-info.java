/** Starting Claude Code as a peer of one mesh. */
@NullMarked
package com.claudemesh.cli.launch;

import org.jspecify.annotations.NullMarked;

/** Reading what another process writes, within bounds. */
@NullMarked
package com.claudemesh.cli.io;

import org.jspecify.annotations.NullMarked;

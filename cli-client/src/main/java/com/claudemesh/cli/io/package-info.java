/** Reading within bounds what another process writes or a person types. */
@NullMarked
package com.claudemesh.cli.io;

import org.jspecify.annotations.NullMarked;

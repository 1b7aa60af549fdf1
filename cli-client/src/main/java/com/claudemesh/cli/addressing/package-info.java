/** From what somebody types to the mesh and the key that are meant. */
@NullMarked
package com.claudemesh.cli.addressing;

import org.jspecify.annotations.NullMarked;

/** Verbs about meshes: make, join, list, rename, synchronise, leave, delete. */
@NullMarked
package com.claudemesh.cli.mesh;

import org.jspecify.annotations.NullMarked;

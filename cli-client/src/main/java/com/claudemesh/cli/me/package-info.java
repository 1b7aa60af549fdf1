/** Verbs about all meshes of one account at once. */
@NullMarked
package com.claudemesh.cli.me;

import org.jspecify.annotations.NullMarked;

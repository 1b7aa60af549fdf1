/** Verbs about the members of a mesh, whether they are online or not: profiles and rights. */
@NullMarked
package com.claudemesh.cli.member;

import org.jspecify.annotations.NullMarked;

/** Verbs about invitations: making, showing, listing and withdrawing them. */
@NullMarked
package com.claudemesh.cli.invite;

import org.jspecify.annotations.NullMarked;

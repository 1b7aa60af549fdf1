/** Verbs for administrators: ending connections, shutting members out and letting them in again. */
@NullMarked
package com.claudemesh.cli.moderation;

import org.jspecify.annotations.NullMarked;

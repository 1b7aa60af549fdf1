/** Verbs about being mentioned. */
@NullMarked
package com.claudemesh.cli.notification;

import org.jspecify.annotations.NullMarked;

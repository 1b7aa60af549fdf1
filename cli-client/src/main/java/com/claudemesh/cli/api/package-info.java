/** The server's JSON interface over HTTP: one request, one answer, and what a refusal means to a verb. */
@NullMarked
package com.claudemesh.cli.api;

import org.jspecify.annotations.NullMarked;

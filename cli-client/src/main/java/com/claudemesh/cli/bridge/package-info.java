/**
 * The local socket of a running {@code mcp} process, over which verbs use its live connection: one JSON object per line,
 * requests and replies correlated by {@code id}. Only the owner of the files can reach it.
 */
@NullMarked
package com.claudemesh.cli.bridge;

import org.jspecify.annotations.NullMarked;

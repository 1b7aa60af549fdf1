/** Verbs that connect claudemesh to Claude Code on this machine, and those that Claude Code calls. */
@NullMarked
package com.claudemesh.cli.setup;

import org.jspecify.annotations.NullMarked;

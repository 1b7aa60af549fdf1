/** The {@code claudemesh} command: reads the arguments, runs one verb, answers with the exit codes of {@link com.claudemesh.cli.ExitCode}. */
@NullMarked
package com.claudemesh.cli;

import org.jspecify.annotations.NullMarked;

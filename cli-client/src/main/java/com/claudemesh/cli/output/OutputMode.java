package com.claudemesh.cli.output;

/**
 * How a verb was asked to answer.
 *
 * @param quiet only errors and JSON are printed
 */
public record OutputMode(boolean json, Projection projection, boolean quiet, boolean noColor) {}

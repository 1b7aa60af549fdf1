package com.claudemesh.cli.policy;

/**
 * What was decided.
 *
 * @param reason may be empty
 * @param source what decided: a file, or the mode
 */
record Verdict(Decision decision, String reason, String source) {}

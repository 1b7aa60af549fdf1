/**
 * What this person, and whoever administers this machine, lets verbs do: modes, rules, questions, and a record of every
 * decision (CLI reference §6). {@link com.claudemesh.cli.policy.PolicyGate} is asked once, before a verb runs.
 *
 * <p>Guards against accidents, above all those of a coding session that types commands by itself. It is no wall against
 * somebody who may write the person's files; what a member may do in a mesh is decided by the server.
 */
@NullMarked
package com.claudemesh.cli.policy;

import org.jspecify.annotations.NullMarked;

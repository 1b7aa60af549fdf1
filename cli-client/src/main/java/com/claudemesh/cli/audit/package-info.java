/** Verbs about the mesh's record of events: showing it, checking its hash chain, taking a copy. */
@NullMarked
package com.claudemesh.cli.audit;

import org.jspecify.annotations.NullMarked;

/** Verbs about the bearer keys of a mesh's REST interface; for its administrators. */
@NullMarked
package com.claudemesh.cli.apikey;

import org.jspecify.annotations.NullMarked;

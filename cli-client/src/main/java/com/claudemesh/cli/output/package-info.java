/** How results are shown: aligned text for people, JSON for programs. Only this package knows colours. */
@NullMarked
package com.claudemesh.cli.output;

import org.jspecify.annotations.NullMarked;

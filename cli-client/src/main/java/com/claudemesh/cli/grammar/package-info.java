/** From raw arguments to one verb and its arguments, by rules that do not depend on the order of flags. */
@NullMarked
package com.claudemesh.cli.grammar;

import org.jspecify.annotations.NullMarked;

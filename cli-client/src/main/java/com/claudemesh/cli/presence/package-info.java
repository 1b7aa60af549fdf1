/** How this session is seen by others: status, summary, visibility, groups. */
@NullMarked
package com.claudemesh.cli.presence;

import org.jspecify.annotations.NullMarked;

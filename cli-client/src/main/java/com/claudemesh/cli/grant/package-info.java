/** What the member lets others do to it. */
@NullMarked
package com.claudemesh.cli.grant;

import org.jspecify.annotations.NullMarked;

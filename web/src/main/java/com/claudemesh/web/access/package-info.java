/**
 * Who may call what over HTTP, decided before a resource runs.
 *
 * <p>Promise: every resource method says what it requires; one that says nothing is refused. A caller is only who its token
 * or cookie proves. A change asked for with a cookie carries a proof that one of our pages asked for it.
 */
@NullMarked
package com.claudemesh.web.access;

import org.jspecify.annotations.NullMarked;

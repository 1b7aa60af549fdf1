/**
 * The REST interface {@code /api/v1} for scripts, bots and command lines: one API key, one mesh (http §5).
 *
 * <p>Promise: a request acts as the member that issued its key and sees what that member sees, no more, and of topics only
 * those that the key is for; what is out of the key's scope is refused before it is looked up. A refusal is typed and names
 * the field. A POST with an {@code Idempotency-Key} has one effect, however often it is sent. A stream of a topic has no gap
 * and no repetition across reconnects, and no thread of its own. {@code openapi.json} describes every route; a test compares
 * it with the resources.
 */
@NullMarked
package com.claudemesh.web.v1;

import org.jspecify.annotations.NullMarked;

/**
 * HTTP: the interfaces of the broker and of the web application on one origin, and the pages that people open.
 *
 * <p>Promise: every answer carries the CORS headers, bodies are bounded, a refused request names what is wrong, and no
 * internal text leaves the server. Resources hold no state.
 */
@NullMarked
package com.claudemesh.web;

import org.jspecify.annotations.NullMarked;

/**
 * What every component stands on: settings, metrics, the clock, migrations at start, secrets at rest.
 *
 * <p>Promise: a wrong setting or a failed migration stops the start with one clear line; nothing else of the server runs
 * before the schema is current. Safe for any thread.
 */
@NullMarked
package com.claudemesh.platform;

import org.jspecify.annotations.NullMarked;

/**
 * The record of security-relevant events: one hash chain per mesh (crypto formats §16).
 *
 * <p>Promise: an event is appended in the transaction of the change that it describes; writers of one mesh are serialised
 * by an advisory lock, on any number of nodes. Blocking.
 */
@NullMarked
package com.claudemesh.audit;

import org.jspecify.annotations.NullMarked;

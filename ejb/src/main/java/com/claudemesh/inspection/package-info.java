/**
 * What the console shows of everything: pages of accounts, meshes, sessions, invitations and events for administrators of the server,
 * and what goes on in one mesh for those who belong to it.
 *
 * <p>Promise: reads only, and never secrets: no keys at rest, no invitation codes or tokens, no content of messages. It is the
 * one place that reads tables of several components in one statement, because pages that are filtered, sorted and counted
 * cannot be put together from their services. Who may ask is the caller's to check. Blocking; safe for any thread.
 */
@NullMarked
package com.claudemesh.inspection;

import org.jspecify.annotations.NullMarked;

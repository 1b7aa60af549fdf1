/**
 * The server's REST interface for the member of this machine: with keys that live for minutes and are revoked when they are
 * done with, and streams of events that survive restarts of the server.
 */
@NullMarked
package com.claudemesh.cli.rest;

import org.jspecify.annotations.NullMarked;

/** The server under measurement as processes: started, killed, stopped, and asked what they cost. Linux only. */
@NullMarked
package com.claudemesh.bench.server;

import org.jspecify.annotations.NullMarked;

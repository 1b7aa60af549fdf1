/**
 * Live streams of topics as Server-Sent Events (HTML Living Standard §9.2) on asynchronous servlet output.
 *
 * <p>Promise: a stream tells every post of its topic after the place it began at, in order, once; whoever reconnects with
 * {@code Last-Event-ID} goes on behind that post. What waits for a reader is bounded: a slow one is caught up from the history
 * at its own pace, one that stands still is ended. A stream ends when its key, its issuer or its topic does.
 *
 * <p>Threads: none per stream. Listeners only queue; two threads write to whatever connections are ready, two read the
 * history for those that fell behind, one keeps time for all.
 */
@NullMarked
package com.claudemesh.web.v1.stream;

import org.jspecify.annotations.NullMarked;

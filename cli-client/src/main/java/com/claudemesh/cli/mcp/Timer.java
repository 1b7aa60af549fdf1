package com.claudemesh.cli.mcp;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Does work later, on one thread of its own, in order. */
interface Timer extends Executor {
    void after(Duration delay, Runnable work);
}

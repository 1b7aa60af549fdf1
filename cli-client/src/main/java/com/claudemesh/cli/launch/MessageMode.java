package com.claudemesh.cli.launch;

/** How messages reach a session: into its conversation, into the inbox only, or not at all. */
enum MessageMode {
    push,
    inbox,
    off
}

package com.claudemesh.identity;

/** More passwords are being checked than this node can check; try again in some seconds. */
public final class OverloadedException extends RuntimeException {
    OverloadedException() {
        super("too many passwords are being checked at once");
    }
}

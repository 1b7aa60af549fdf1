package com.claudemesh.cli.bridge;

/** The other process hung up or didn't answer in time. What was asked may or may not have been done. */
final class BridgeLostException extends RuntimeException {
    BridgeLostException(String message) {
        super(message);
    }
}

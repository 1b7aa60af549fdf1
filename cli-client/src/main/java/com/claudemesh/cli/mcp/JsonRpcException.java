package com.claudemesh.cli.mcp;

/** A request can't be answered with a result. */
final class JsonRpcException extends RuntimeException {
    private final int code;

    JsonRpcException(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}

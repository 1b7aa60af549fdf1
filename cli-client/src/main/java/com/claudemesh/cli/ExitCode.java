package com.claudemesh.cli;

/** Exit codes of every verb; scripts rely on them. */
public final class ExitCode {
    public static final int SUCCESS = 0;
    public static final int CANCELLED = 1;
    public static final int AUTHENTICATION_FAILED = 2;
    public static final int INVALID_ARGUMENTS = 3;
    public static final int NETWORK_ERROR = 4;
    public static final int NOT_FOUND = 5;
    public static final int ALREADY_EXISTS = 6;
    public static final int PERMISSION_DENIED = 7;
    public static final int INTERNAL_ERROR = 8;
    public static final int CLAUDE_MISSING = 9;
    public static final int IO_ERROR = 10;

    private ExitCode() {}

    /** The exit code for a refused HTTP request. */
    public static int ofHttpStatus(int status) {
        return switch (status) {
            case 400, 413, 422 -> INVALID_ARGUMENTS;
            case 401 -> AUTHENTICATION_FAILED;
            case 403 -> PERMISSION_DENIED;
            case 404, 410 -> NOT_FOUND;
            case 409 -> ALREADY_EXISTS;
            default -> INTERNAL_ERROR;
        };
    }
}

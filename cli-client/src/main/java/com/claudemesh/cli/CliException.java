package com.claudemesh.cli;

/** A verb can't do what was asked. Carries what the person and the calling script need to know; never a secret. */
public final class CliException extends RuntimeException {
    private final int exitCode;
    private final String token;
    private final String hint;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param token stable snake_case name of the error for scripts
     * @param message one sentence for people
     * @param hint what to do next, or empty
     */
    public CliException(int exitCode, String token, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.token = token;
        this.hint = hint;
    }

    public static CliException invalid(String message) {
        return new CliException(ExitCode.INVALID_ARGUMENTS, "invalid_arguments", message, "");
    }

    public static CliException invalid(String message, String hint) {
        return new CliException(ExitCode.INVALID_ARGUMENTS, "invalid_arguments", message, hint);
    }

    public static CliException notFound(String token, String message, String hint) {
        return new CliException(ExitCode.NOT_FOUND, token, message, hint);
    }

    /** Bare call with nothing joined and nobody to ask. */
    public static CliException notJoinedYet() {
        return invalid("no mesh joined yet", "usage: claudemesh <invitation link>, or claudemesh --help");
    }

    public static CliException network(String message) {
        return new CliException(ExitCode.NETWORK_ERROR, "network_error", message, "");
    }

    public static CliException io(String message) {
        return new CliException(ExitCode.IO_ERROR, "io_error", message, "");
    }

    public int exitCode() {
        return exitCode;
    }

    public String token() {
        return token;
    }

    public String hint() {
        return hint;
    }
}

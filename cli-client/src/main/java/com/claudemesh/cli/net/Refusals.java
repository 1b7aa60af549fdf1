package com.claudemesh.cli.net;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.ErrorFrame;

/** From a server's refusal to what the verb reports. */
public final class Refusals {
    private Refusals() {}

    /** A negative acknowledgement. Its beginning is fixed by the protocol, the rest is for people. */
    public static CliException ofSend(String error) {
        String text = Output.safe(error);
        if (error.startsWith("no connected peer")) {
            return new CliException(ExitCode.NOT_FOUND, "no_recipient", text, "claudemesh peers");
        }
        if (error.startsWith("blocked by recipient grants")) {
            return new CliException(ExitCode.PERMISSION_DENIED, "blocked_by_grants", text, "");
        }
        if (error.startsWith("rate_limit")) {
            return new CliException(ExitCode.INTERNAL_ERROR, "rate_limited", text, "wait a little, then send again");
        }
        if (error.startsWith("payload too large")) {
            return new CliException(ExitCode.INVALID_ARGUMENTS, "payload_too_large", text, "");
        }
        return new CliException(ExitCode.INTERNAL_ERROR, "send_failed", text, "");
    }

    public static CliException ofError(ErrorFrame error) {
        return new CliException(
                exitCode(error.code()), Output.safe(error.code()), Output.safe(error.message()), hint(error.code()));
    }

    private static String hint(String code) {
        return switch (code) {
            case "topic_not_found" -> "claudemesh topic list";
            case "topic_read_only" -> "you observe this topic; a lead can make you a member: claudemesh topic invite";
            default -> "";
        };
    }

    public static CliException ofClose(int code, String reason) {
        if (code == CloseCode.BANNED.code()) {
            return new CliException(ExitCode.PERMISSION_DENIED, "revoked", "banned from this mesh", "ask its owner");
        }
        return CliException.network("the server closed the connection: " + code + " " + Output.safe(reason));
    }

    private static int exitCode(String code) {
        return switch (code) {
            case "bad_signature", "unauthorized", "timestamp_skew", "malformed", "expired" ->
                ExitCode.AUTHENTICATION_FAILED;
            case "revoked", "forbidden", "topic_read_only" -> ExitCode.PERMISSION_DENIED;
            case "capacity", "too_many_sockets", "hello_timeout" -> ExitCode.NETWORK_ERROR;
            case "invalid", "invalid_args", "invalid_argument", "ambiguous_prefix" -> ExitCode.INVALID_ARGUMENTS;
            case "not_found", "topic_not_found" -> ExitCode.NOT_FOUND;
            default -> ExitCode.INTERNAL_ERROR;
        };
    }
}

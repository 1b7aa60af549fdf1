package com.claudemesh.cli.api;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param json null when the body was no JSON
 */
public record ApiAnswer(int status, @Nullable JsonNode json, Optional<Long> retryAfterSeconds) {
    private static final Pattern STABLE = Pattern.compile("[a-z][a-z0-9_]*");
    private static final String ENVELOPE_PREFIX = "error.";

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body; a missing node when it was no JSON. */
    public JsonNode body() {
        return json == null ? MissingNode.getInstance() : json;
    }

    /** The server's word for what is wrong; empty when it gave none. */
    public String error() {
        return body().path("error").asText("");
    }

    /**
     * Itself when the request was granted.
     *
     * @param doing what was tried, as in {@code "create the mesh"}
     * @throws CliException with the exit code of the status
     */
    public ApiAnswer orRefuse(String doing) {
        if (ok()) {
            return this;
        }
        throw refusal(doing);
    }

    /** The refusal as a verb reports it. */
    public CliException refusal(String doing) {
        return new CliException(
                ExitCode.ofHttpStatus(status), token(), "can't " + doing + ": " + Output.safe(reason()), hint());
    }

    private String token() {
        String error = error().startsWith(ENVELOPE_PREFIX) ? error().substring(ENVELOPE_PREFIX.length()) : error();
        if (status == 401) {
            return "token_rejected";
        }
        if (status == 429) {
            return "rate_limited";
        }
        if (STABLE.matcher(error).matches()) {
            return error;
        }
        return switch (status) {
            case 400, 413, 422 -> "invalid_arguments";
            case 403 -> "forbidden";
            case 404, 410 -> "not_found";
            case 409 -> "already_exists";
            default -> "server_error";
        };
    }

    private String reason() {
        String message = body().path("message").asText("");
        String reason = message.isEmpty() ? error() : message;
        return reason.isEmpty() ? "the server answered " + status : reason;
    }

    private String hint() {
        if (status == 401) {
            return "sign in again: claudemesh login";
        }
        if (status == 429) {
            return retryAfterSeconds
                    .map(seconds -> "try again in " + seconds + " s")
                    .orElse("try again in a minute");
        }
        boolean unknownRoute = json == null && (status == 404 || status == 405 || status == 501);
        return unknownRoute ? "this server doesn't offer it; is the address right, and the server up to date?" : "";
    }
}

package com.claudemesh.web.v1;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal that becomes the error envelope of http §4. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;
    private final long retryAfterSeconds;

    private ApiProblem(int status, String code, String message, @Nullable String field, long retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A refusal whose message is its code, as clients of the protocol expect. */
    public static ApiProblem of(int status, String code) {
        return new ApiProblem(status, code, code, null, 0);
    }

    public static ApiProblem of(int status, String code, String message) {
        return new ApiProblem(status, code, message, null, 0);
    }

    /** A field of the request that is missing or wrong: 422. */
    public static ApiProblem invalid(String field, String problem) {
        return new ApiProblem(422, "error.validation", field + ": " + problem, field, 0);
    }

    /** A refusal that is over after a while. */
    public static ApiProblem later(int status, String code, String message, Duration retryAfter) {
        return new ApiProblem(status, code, message, null, Math.max(1, (retryAfter.toMillis() + 999) / 1000));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String field() {
        return field;
    }

    /** 0 when waiting does not help. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

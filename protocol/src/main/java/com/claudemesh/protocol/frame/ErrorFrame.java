package com.claudemesh.protocol.frame;

import com.claudemesh.protocol.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A request failed. {@code message} is for people; {@code code} is stable. */
public record ErrorFrame(
        String code, String message, @Nullable String id) implements ServerFrame {

    public static ErrorFrame of(ErrorCode code, String message) {
        return new ErrorFrame(code.wire(), message, null);
    }
}

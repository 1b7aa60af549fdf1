package com.claudemesh.protocol.frame;

import org.jspecify.annotations.Nullable;

/** What became of one incoming text. */
public sealed interface Decoded<F extends Frame> {

    /** A well-formed frame of a known type. */
    record Known<F extends Frame>(F frame, @Nullable String requestId) implements Decoded<F> {}

    /** Not JSON, not an object, duplicate keys, too deep, or without a textual {@code type}: ignored and counted. */
    record Malformed<F extends Frame>(String reason) implements Decoded<F> {}

    /** An object of a type that this side does not know. */
    record UnknownType<F extends Frame>(
            String type, @Nullable String requestId) implements Decoded<F> {}

    /**
     * A known type with a bad field.
     *
     * @param correlationId the frame's {@code id} if it had one, so that a refused send can be acknowledged negatively
     */
    record Invalid<F extends Frame>(
            String type,
            @Nullable String requestId,
            @Nullable String correlationId,
            String field,
            String message) implements Decoded<F> {}
}

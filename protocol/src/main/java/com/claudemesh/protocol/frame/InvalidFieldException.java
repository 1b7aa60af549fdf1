package com.claudemesh.protocol.frame;

/** A frame's field is missing, of the wrong type or out of bounds. The message is fit for the client. */
public final class InvalidFieldException extends IllegalArgumentException {
    private final String field;

    public InvalidFieldException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
    }

    public String field() {
        return field;
    }
}

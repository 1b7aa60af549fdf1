package com.claudemesh.protocol.crypto;

/** An invite token or payload that cannot be one; says which member is at fault. */
public final class MalformedInviteException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    MalformedInviteException(String field, String problem) {
        super("invite " + field + " " + problem);
        this.field = field;
    }

    /** The JSON member at fault, or {@code token} if the text holds no JSON object at all. */
    public String field() {
        return field;
    }
}

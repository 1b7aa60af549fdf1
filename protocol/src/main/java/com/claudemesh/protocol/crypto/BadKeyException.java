package com.claudemesh.protocol.crypto;

/** A key that has the wrong length, is no valid point, or must never be used because its group is too small. */
public final class BadKeyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message which key is bad and why, without the key itself */
    public BadKeyException(String message) {
        super(message);
    }
}

package com.claudemesh.inspection;

/** A list takes the database too long; narrower filters help. */
public final class SlowListException extends RuntimeException {
    SlowListException(Throwable cause) {
        super("the list takes too long", cause);
    }
}

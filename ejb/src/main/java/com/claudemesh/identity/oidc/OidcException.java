package com.claudemesh.identity.oidc;

/** The provider cannot be reached, or what it answered is not acceptable. The message is for the log. */
final class OidcException extends Exception {
    OidcException(String message) {
        super(message);
    }

    OidcException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}

package com.claudemesh.sdk;

/** Something that kept a request from being answered. */
public sealed class MeshException extends RuntimeException {
    private MeshException(String message) {
        super(message);
    }

    /** There is no connection and there will be none, or too much is waiting for one. */
    public static final class NotConnected extends MeshException {
        public NotConnected(String message) {
            super(message);
        }
    }

    /** The connection ended before the answer came; the request may or may not have been carried out. */
    public static final class ConnectionLost extends MeshException {
        public ConnectionLost(String message) {
            super(message);
        }
    }

    /** What was asked for cannot be sent; the message says which field is wrong. */
    public static final class Invalid extends MeshException {
        private final String field;

        public Invalid(String field, String message) {
            super(message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** The server answered a request with an error. */
    public static final class RequestFailed extends MeshException {
        private final String code;

        public RequestFailed(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The protocol's error code. */
        public String code() {
            return code;
        }
    }

    /** No answer came in time; a send may or may not have been stored. */
    public static final class TimedOut extends MeshException {
        public TimedOut(String message) {
            super(message);
        }
    }

    /** The server refused the hello. */
    public static final class Handshake extends MeshException {
        private final String code;

        public Handshake(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The protocol's error code. */
        public String code() {
            return code;
        }
    }

    /** The server ended the connection for good. */
    public static final class Terminated extends MeshException {
        private final int closeCode;

        public Terminated(int closeCode, String reason) {
            super(reason);
            this.closeCode = closeCode;
        }

        public int closeCode() {
            return closeCode;
        }
    }
}

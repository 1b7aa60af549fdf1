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

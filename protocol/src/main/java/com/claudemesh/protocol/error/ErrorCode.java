package com.claudemesh.protocol.error;

import java.util.Optional;

/**
 * Every error code of an {@code error} frame. A code that ends the connection carries its close code; all others leave
 * the connection open.
 */
public enum ErrorCode {
    NO_HELLO("no_hello"),
    ALREADY_HELLO("already_hello"),
    BAD_SESSION_PUBKEY("bad_session_pubkey", CloseCode.POLICY),
    BAD_PARENT_PUBKEY("bad_parent_pubkey", CloseCode.POLICY),
    ATTESTATION_MISMATCH("attestation_mismatch", CloseCode.POLICY),
    PARENT_MEMBER_ID_MISMATCH("parent_member_id_mismatch", CloseCode.POLICY),
    EXPIRED("expired", CloseCode.POLICY),
    TTL_TOO_LONG("ttl_too_long", CloseCode.POLICY),
    CAPACITY("capacity", CloseCode.POLICY),
    TIMESTAMP_SKEW("timestamp_skew", CloseCode.POLICY),
    MALFORMED("malformed", CloseCode.POLICY),
    BAD_SIGNATURE("bad_signature", CloseCode.POLICY),
    REVOKED("revoked", CloseCode.BANNED),
    UNAUTHORIZED("unauthorized", CloseCode.POLICY),
    HELLO_TIMEOUT("hello_timeout", CloseCode.POLICY),
    TOO_MANY_SOCKETS("too_many_sockets", CloseCode.TRY_AGAIN_LATER),
    INVALID_ARGS("invalid_args"),
    INVALID_ARGUMENT("invalid_argument"),
    UNKNOWN_MESSAGE_TYPE("unknown_message_type"),
    INTERNAL_ERROR("internal_error"),
    RATE_LIMITED("rate_limited"),
    FORBIDDEN("forbidden"),
    AMBIGUOUS_PREFIX("ambiguous_prefix"),
    NOT_FOUND("not_found"),
    INVALID("invalid"),
    AUDIT_QUERY_ERROR("audit_query_error"),
    AUDIT_VERIFY_ERROR("audit_verify_error"),
    TOPIC_NOT_FOUND("topic_not_found"),
    TOPIC_READ_ONLY("topic_read_only"),
    TOPIC_LIMIT("topic_limit");

    private final String wire;
    private final Optional<CloseCode> close;

    ErrorCode(String wire) {
        this.wire = wire;
        this.close = Optional.empty();
    }

    ErrorCode(String wire, CloseCode close) {
        this.wire = wire;
        this.close = Optional.of(close);
    }

    /** The text in the frame's {@code code} field. */
    public String wire() {
        return wire;
    }

    /** How the connection ends after this error; empty when it stays open. */
    public Optional<CloseCode> close() {
        return close;
    }

    /** The reason text of the close frame. A revoked member reads {@code banned}, all others their own code. */
    public String closeReason() {
        return this == REVOKED ? "banned" : wire;
    }
}

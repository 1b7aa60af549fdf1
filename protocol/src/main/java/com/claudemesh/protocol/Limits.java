package com.claudemesh.protocol;

/** The protocol's numbers. Server settings may change those that say so; the values here are the defaults. */
public final class Limits {
    /** Version that both sides of this code speak. */
    public static final int PROTOCOL_VERSION = 1;
    /** Content of one {@code send}: ciphertext + nonce + target, in characters. Configurable. */
    public static final int MAX_MESSAGE_BYTES = 65_536;
    /** Largest frame before hello, in bytes. Configurable together with {@link #MAX_MESSAGE_BYTES}. */
    public static final int MAX_FRAME_BYTES_BEFORE_HELLO = 65_536;
    /** Largest frame after hello, in bytes. */
    public static final int MAX_FRAME_BYTES = 2_097_152 + 65_536;
    /** Deepest nesting of arrays and objects in a frame. */
    public static final int MAX_JSON_DEPTH = 64;
    /** Most characters of one number in a frame. */
    public static final int MAX_NUMBER_CHARS = 64;
    /** How far a hello's clock may be off, either way. */
    public static final long HELLO_SKEW_MILLIS = 60_000;
    /** Longest life of a session attestation. */
    public static final long MAX_ATTESTATION_MILLIS = 24 * 60 * 60 * 1000L;
    /** Most characters of an identifier-like text that a client chooses (session id, names, host, model). */
    public static final int MAX_NAME_CHARS = 256;
    /** Most characters of a path or summary. */
    public static final int MAX_TEXT_CHARS = 4_096;
    /** Most groups of one peer. */
    public static final int MAX_GROUPS = 64;
    /** Most characters of a peer's role in a group. */
    public static final int MAX_GROUP_ROLE_CHARS = 64;
    /** Most characters of a profile's avatar: a link or an emoji, not an image. */
    public static final int MAX_AVATAR_CHARS = 1_024;
    /** Most characters of a profile's title. */
    public static final int MAX_TITLE_CHARS = 128;
    /** Most characters of a profile's bio. */
    public static final int MAX_BIO_CHARS = 2_000;
    /** Most characters of one capability in a profile. */
    public static final int MAX_PROFILE_CAPABILITY_CHARS = 64;
    /** Largest counter that a peer may report: the largest whole number that JavaScript keeps exactly. */
    public static final long MAX_COUNT = 9_007_199_254_740_991L;
    /** Most announced capabilities of one connection, or of one profile. */
    public static final int MAX_CAPABILITIES = 32;
    /** Most characters of a {@code _reqId} that is echoed; a longer one is treated as absent. */
    public static final int MAX_REQUEST_ID_CHARS = 256;

    /** Fewest characters of a key that name a member in moderation. */
    public static final int MIN_KEY_PREFIX_CHARS = 6;
    /** Most senders with grants of their own that one {@code set_grants} may name; what is kept is a setting. */
    public static final int MAX_GRANT_CHANGES = 1_000;
    /** Rows of one {@code audit_result} when the query names no limit. */
    public static final int DEFAULT_AUDIT_ROWS = 50;
    /** Most rows of one {@code audit_result}; a larger limit is cut to it. */
    public static final int MAX_AUDIT_ROWS = 500;
    /** Most characters of an API key's label. */
    public static final int MAX_API_KEY_LABEL_CHARS = 100;
    /** Most topics of one API key. */
    public static final int MAX_API_KEY_TOPICS = 100;

    /** Most characters of a topic's description. */
    public static final int MAX_TOPIC_DESCRIPTION_CHARS = 1_000;
    /** Most days that a topic may say it keeps its posts. */
    public static final int MAX_TOPIC_RETENTION_DAYS = 36_500;
    /** Posts of one page of a topic's history when the request names no limit. */
    public static final int DEFAULT_TOPIC_ROWS = 50;
    /** Most posts of one page; a larger limit is cut to it. */
    public static final int MAX_TOPIC_ROWS = 200;
    /** Hits of a search when the request names no limit. */
    public static final int DEFAULT_SEARCH_ROWS = 20;
    /** Most hits of a search; a larger limit is cut to it. */
    public static final int MAX_SEARCH_ROWS = 50;
    /** Most characters of a search. */
    public static final int MAX_SEARCH_CHARS = 256;
    /** Most names that one post may mention. */
    public static final int MAX_MENTIONS = 16;
    /** Most characters of a mentioned name. */
    public static final int MAX_MENTION_CHARS = 64;

    private Limits() {}
}

package com.claudemesh.moderation;

/** Which connections of a mesh an administrator means. Never the asking one. */
public sealed interface Selection {

    record Everybody() implements Selection {}

    /** Those that have not answered a ping for more than so many milliseconds. */
    record Silent(long millis) implements Selection {}

    /** Those of a key, an exact session name, or the first digits of a key. */
    record Named(String target) implements Selection {}
}

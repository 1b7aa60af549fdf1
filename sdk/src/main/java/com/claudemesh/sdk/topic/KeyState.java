package com.claudemesh.sdk.topic;

/** What a member can do with a topic's key now. */
public sealed interface KeyState {

    /** @param rotationDue whether a holder should make the next generation, because somebody left */
    record Held(TopicKey key, boolean rotationDue) implements KeyState {}

    /** A member who holds the key has yet to seal it for this one. Ask again in a while. */
    record Waiting() implements KeyState {}

    /** The topic has no key: its posts are plain text. */
    record Unencrypted() implements KeyState {}

    /** There is a copy that must not be used. */
    record Refused(String reason) implements KeyState {}
}

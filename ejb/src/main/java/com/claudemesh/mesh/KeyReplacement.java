package com.claudemesh.mesh;

/** What became of a member's wish for another key. */
public sealed interface KeyReplacement {

    /** @param changed false when it had that key already */
    record Done(String publicKey, boolean changed) implements KeyReplacement {}

    /** No such active member. */
    record NotFound() implements KeyReplacement {}

    /** The key of this member is not replaced, for the reason given. */
    record NotInABrowser(String reason) implements KeyReplacement {}

    /** Another member of the mesh has it, or had it. */
    record Taken() implements KeyReplacement {}

    record Invalid(String field, String text) implements KeyReplacement {}
}

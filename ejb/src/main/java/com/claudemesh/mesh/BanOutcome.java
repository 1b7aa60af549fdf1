package com.claudemesh.mesh;

/** What became of a ban or of its end. */
public sealed interface BanOutcome {

    record Done(String memberId, String publicKey, String displayName) implements BanOutcome {}

    /** No such active member; when a ban ends, no such banned one. */
    record NotFound() implements BanOutcome {}

    /** More than one member fits. */
    record Ambiguous(int members) implements BanOutcome {}

    /** Nobody bans itself. */
    record Oneself() implements BanOutcome {}

    /** Whoever asked has been banned meanwhile. */
    record Forbidden() implements BanOutcome {}

    /** The owner of a mesh is banned by nobody. */
    record Owner() implements BanOutcome {}
}

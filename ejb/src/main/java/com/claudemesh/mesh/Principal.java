package com.claudemesh.mesh;

/** Who wants to do something in a mesh, as it was proven: on the socket by a key, over HTTP by a credential. */
public sealed interface Principal {

    /** One member, by its key. */
    record OfMember(String memberId) implements Principal {}

    /** A person: whatever any of its members may do, and what the mesh's owner may when it is that. */
    record OfAccount(String accountId) implements Principal {}

    /** The bearer of the operator's token. */
    record TheOperator() implements Principal {}
}

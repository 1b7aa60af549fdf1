package com.claudemesh.invite;

/** What became of an invitation that was to be made. */
public sealed interface InviteOutcome {

    record Created(NewInvite invite) implements InviteOutcome {}

    /** The mesh has as many usable invitations as it may. */
    record TooMany(int maxInvites) implements InviteOutcome {}
}

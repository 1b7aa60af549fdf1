package com.claudemesh.mesh;

/** What became of a key that wants to be a member. */
public sealed interface Enrolment {
    record Added(String memberId) implements Enrolment {}

    record AlreadyMember(String memberId) implements Enrolment {}

    /** The key was banned from this mesh. */
    record Banned() implements Enrolment {}

    /** The mesh has as many members as it may. */
    record Full(int maxMembers) implements Enrolment {}
}

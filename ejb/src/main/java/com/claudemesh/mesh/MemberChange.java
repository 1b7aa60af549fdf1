package com.claudemesh.mesh;

import java.util.List;

/** What became of a change of a member. */
public sealed interface MemberChange {

    record Done() implements MemberChange {}

    /** No such active member of that mesh. */
    record NotFound() implements MemberChange {}

    /** Whoever asked may not do that. */
    record Forbidden(String reason) implements MemberChange {}

    /** Only administrators change these fields of members. */
    record AdminManaged(List<String> fields) implements MemberChange {}

    /** The mesh would be left without anybody who administers it. */
    record LastAdministrator() implements MemberChange {}
}

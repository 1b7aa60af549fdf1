package com.claudemesh.cli.member;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.ExitCode;
import com.claudemesh.cli.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A member as its server lists it.
 *
 * @param json the whole record
 */
record Member(String id, String displayName, String role, boolean online, ObjectNode json) {
    private static final int MIN_PREFIX_CHARS = 6;

    static Member of(JsonNode row) {
        ObjectNode json = Output.object()
                .put("memberId", row.path("id").asText(""))
                .put("displayName", row.path("displayName").asText(""))
                .put("role", row.path("permission").asText("member"));
        for (String field :
                List.of("roleTag", "groups", "messageMode", "joinedAt", "lastSeenAt", "online", "sessionCount")) {
            if (row.has(field)) {
                json.set(field, row.get(field));
            }
        }
        return new Member(
                json.path("memberId").asText(),
                json.path("displayName").asText(),
                json.path("role").asText(),
                row.path("online").asBoolean(),
                json);
    }

    /**
     * The one that is meant: by id, by name in any case of letters, or by the first 6 or more characters of the id.
     *
     * @throws CliException exit code 5 for nobody, 3 for several
     */
    static Member find(String typed, List<Member> members) {
        List<Member> meant = matching(members, member -> member.id().equals(typed));
        if (meant.isEmpty()) {
            meant = matching(members, member -> member.displayName().equalsIgnoreCase(typed));
        }
        if (meant.isEmpty() && typed.length() >= MIN_PREFIX_CHARS) {
            meant = matching(members, member -> member.id().startsWith(typed));
        }
        if (meant.size() > 1) {
            throw new CliException(
                    ExitCode.INVALID_ARGUMENTS,
                    "not_unique",
                    "\"" + Output.safe(typed) + "\" could be "
                            + meant.stream().map(Member::id).map(Output::safe).collect(Collectors.joining(", ")),
                    "give the id");
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> CliException.notFound(
                        "member_not_found",
                        "no member is called \"" + Output.safe(typed) + "\"",
                        "claudemesh member list"));
    }

    private static List<Member> matching(List<Member> members, Predicate<Member> wanted) {
        return members.stream().filter(wanted).toList();
    }

    /** What the list of presences knows besides. */
    void add(JsonNode row) {
        for (String field : List.of("pubkey", "isHuman", "status", "summary")) {
            if (row.has(field)) {
                json.set(field, row.get(field));
            }
        }
    }

    /** What it is called, which groups it is in, how it takes messages, what it says of itself. */
    String details() {
        String tag = Objects.requireNonNullElse(json.path("roleTag").textValue(), "");
        String groups = StreamSupport.stream(json.path("groups").spliterator(), false)
                .map(group -> "@" + group.path("name").asText("")
                        + (group.hasNonNull("role") ? ":" + group.get("role").asText() : ""))
                .collect(Collectors.joining(" "));
        String mode = json.path("messageMode").asText("");
        String summary = json.path("summary").asText("");
        return List.of(tag, groups, mode, json.hasNonNull("summary") ? summary : "").stream()
                .filter(part -> !part.isEmpty())
                .map(Output::safe)
                .collect(Collectors.joining(" · "));
    }
}

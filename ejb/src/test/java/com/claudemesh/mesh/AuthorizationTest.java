package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.HelloAck;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wire protocol §1.11, data model §7: every requirement, for everybody there is, in one's own mesh and in another. */
class AuthorizationTest {
    private static final HelloAck.SelfEditable POLICY = new HelloAck.SelfEditable(true, true, true, true);
    private static final Set<Permission> OF_ADMINS = EnumSet.complementOf(EnumSet.of(Permission.DELETE_MESH));
    private static final Set<Permission> OF_MEMBERS =
            EnumSet.of(Permission.WRITE_STATE, Permission.SEND, Permission.USE_TOOLS);
    private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);

    /** Somebody, what it is in its mesh, and what it may do there. */
    private record Somebody(Principal principal, @Nullable Standing standing, Set<Permission> permissions) {}

    private static final Map<String, Somebody> PEOPLE = people();
    private static final Authorization AUTHORIZATION = authorization();

    private static Map<String, Somebody> people() {
        Map<String, Somebody> people = new LinkedHashMap<>();
        people.put("owner's member", member("owner", Standing.OWNER, ALL));
        people.put("administrator", member("admin", Standing.ADMIN, OF_ADMINS));
        people.put("member", member("member", Standing.MEMBER, OF_MEMBERS));
        people.put("member that may invite", member("inviter", Standing.MEMBER, EnumSet.of(Permission.INVITE)));
        people.put("silenced member", member("silenced", Standing.MEMBER, Set.of()));
        people.put("administrator that may nothing", member("bare-admin", Standing.ADMIN, Set.of()));
        people.put("banned administrator", member("banned", null, Set.of()));
        people.put("stranger by member id", member("nobody", null, Set.of()));
        people.put("administrator of another mesh", member("other-admin", null, Set.of()));
        people.put("owner's account", account("owner", Standing.OWNER, ALL));
        people.put("account with two members", account("two", Standing.ADMIN, OF_ADMINS));
        people.put("account of a silenced member", account("silent", Standing.MEMBER, Set.of()));
        people.put("account of a banned member", account("shut out", null, Set.of()));
        people.put("account that owns another mesh", account("elsewhere", null, Set.of()));
        people.put("account that nobody knows", account("nobody", null, Set.of()));
        people.put("operator", new Somebody(new Principal.TheOperator(), Standing.OWNER, ALL));
        return people;
    }

    private static Somebody member(String id, @Nullable Standing standing, Set<Permission> permissions) {
        return new Somebody(new Principal.OfMember(id), standing, permissions);
    }

    private static Somebody account(String id, @Nullable Standing standing, Set<Permission> permissions) {
        return new Somebody(new Principal.OfAccount(id), standing, permissions);
    }

    static Stream<Arguments> everybodyAndEverything() {
        List<Requirement> requirements = new ArrayList<>(List.of(Standing.values()));
        requirements.addAll(List.of(Permission.values()));
        return PEOPLE.keySet().stream()
                .flatMap(who -> requirements.stream().map(requirement -> Arguments.of(who, requirement)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everybodyAndEverything")
    void permits_eachRequirement_forExactlyThoseWhoMeetIt(String who, Requirement requirement) {
        Somebody somebody = PEOPLE.get(who);
        boolean expected = requirement instanceof Permission permission
                ? somebody.permissions().contains(permission)
                : somebody.standing() != null && somebody.standing().compareTo((Standing) requirement) >= 0;

        assertThat(AUTHORIZATION.permits(requirement, "mesh", somebody.principal()))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everybodyAndEverything")
    void permits_inAMeshThatIsGone_nobody(String who, Requirement requirement) {
        assertThat(AUTHORIZATION.permits(requirement, "gone", PEOPLE.get(who).principal()))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everybodyAndEverything")
    void permits_inAnotherMesh_onlyThoseOfThatMesh(String who, Requirement requirement) {
        Set<String> atHome = Set.of("administrator of another mesh", "account that owns another mesh", "operator");

        assertThat(AUTHORIZATION.permits(requirement, "other", PEOPLE.get(who).principal()) && !atHome.contains(who))
                .isFalse();
    }

    @Test
    void standing_accountWithoutId_isNobodyInAMeshThatBelongsToNobody() {
        assertThat(AUTHORIZATION.standing("ownerless", new Principal.OfMember("ownerless-member")))
                .contains(Standing.MEMBER);
        assertThat(AUTHORIZATION.standing("ownerless", new Principal.OfAccount("anybody")))
                .isEmpty();
    }

    private static Authorization authorization() {
        Map<String, MeshDirectory.Snapshot> meshes = Map.of(
                "mesh",
                new MeshDirectory.Snapshot(
                        mesh("mesh", "owner"),
                        List.of(
                                row("owner", Role.ADMIN, true, "owner", false, null),
                                row("admin", Role.ADMIN, false, null, false, null),
                                row("member", Role.MEMBER, false, null, false, null),
                                row("inviter", Role.MEMBER, false, null, false, Set.of(Permission.INVITE)),
                                row("silenced", Role.MEMBER, false, "silent", false, Set.of()),
                                row("bare-admin", Role.ADMIN, false, null, false, Set.of()),
                                row("banned", Role.ADMIN, false, "shut out", true, ALL),
                                row("laptop", Role.MEMBER, false, "two", false, null),
                                row("desktop", Role.ADMIN, false, "two", false, null))),
                "other",
                new MeshDirectory.Snapshot(
                        mesh("other", "elsewhere"), List.of(row("other-admin", Role.ADMIN, false, null, false, null))),
                "ownerless",
                new MeshDirectory.Snapshot(
                        mesh("ownerless", null),
                        List.of(row("ownerless-member", Role.MEMBER, false, null, false, null))));
        return new Authorization(new MeshDirectory(id -> Optional.ofNullable(meshes.get(id)), Clock.systemUTC()));
    }

    private static MeshView mesh(String id, @Nullable String ownerAccountId) {
        return new MeshView(id, id, id, "00".repeat(32), POLICY, ownerAccountId, false);
    }

    private static MemberView row(
            String id,
            Role role,
            boolean owner,
            @Nullable String accountId,
            boolean revoked,
            @Nullable Set<Permission> granted) {
        return new MemberView(
                id,
                "mesh",
                String.format("%064x", id.hashCode()),
                id,
                role,
                owner,
                null,
                List.of(),
                "push",
                revoked,
                Grants.NONE,
                accountId,
                false,
                granted);
    }
}

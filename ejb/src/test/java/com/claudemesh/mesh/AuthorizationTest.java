package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.HelloAck;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wire protocol §1.11. */
class AuthorizationTest {
    private static final MeshView MESH =
            new MeshView("mesh", "mesh", "Mesh", "00".repeat(32), new HelloAck.SelfEditable(true, true, true, true));

    @ParameterizedTest
    @CsvSource({
        "MEMBER, false, false, true, false",
        "ADMIN, false, false, true, true",
        "MEMBER, true, false, true, true",
        "ADMIN, false, true, false, false",
        "MEMBER, true, true, false, false"
    })
    void permits_roleOwnershipAndBan_decide(
            Role role, boolean owner, boolean revoked, boolean asMember, boolean asAdmin) {
        Authorization authorization = authorization(member(role, owner, revoked));

        assertThat(authorization.permits(Requirement.MEMBER, "mesh", "m")).isEqualTo(asMember);
        assertThat(authorization.permits(Requirement.ADMIN, "mesh", "m")).isEqualTo(asAdmin);
    }

    @Test
    void permits_administratorOfAnotherMesh_isNobodyHere() {
        Authorization authorization = authorization(member(Role.ADMIN, true, false));

        assertThat(authorization.permits(Requirement.MEMBER, "other", "m")).isFalse();
        assertThat(authorization.permits(Requirement.ADMIN, "mesh", "stranger")).isFalse();
    }

    private static Authorization authorization(MemberView member) {
        return new Authorization(new MeshDirectory(
                id -> id.equals("mesh")
                        ? Optional.of(new MeshDirectory.Snapshot(MESH, List.of(member)))
                        : Optional.empty(),
                Clock.systemUTC()));
    }

    private static MemberView member(Role role, boolean owner, boolean revoked) {
        return new MemberView(
                "m", "mesh", "11".repeat(32), "Ann", role, owner, null, List.of(), "push", revoked, Grants.NONE);
    }
}

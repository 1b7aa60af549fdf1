package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.testing.AtOnce;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data model §7 and §9. */
class MembersTest {
    private static final HelloAck.SelfEditable ALL = new HelloAck.SelfEditable(true, true, true, true);
    private static final HelloAck.SelfEditable NAME_ONLY = new HelloAck.SelfEditable(true, false, false, false);

    private final TestMeshes world = new TestMeshes();
    private MeshView mesh;
    private String owner;
    private String admin;
    private String bob;
    private String eve;

    @BeforeEach
    void people() {
        String account = world.account();
        mesh = world.meshOf(account);
        owner = world.directory.membersOfAccount(mesh.meshId(), account).get(0).memberId();
        admin = world.join(mesh, "Admin", Role.ADMIN, null);
        bob = world.join(mesh, "Bob", Role.MEMBER, null);
        eve = world.join(mesh, "Eve", Role.MEMBER, null);
    }

    @Test
    void editProfile_ownFields_areChanged() throws Exception {
        ProfileChange change =
                new ProfileChange("Robert", "backend", false, List.of(new GroupLabel("eng", null)), "inbox", null);

        assertThat(edit(bob, bob, change, ALL)).isEqualTo(new MemberChange.Done());

        assertThat(world.member(mesh, bob))
                .extracting("displayName", "roleTag", "messageMode")
                .containsExactly("Robert", "backend", "inbox");
        assertThat(world.recorded(mesh.meshId())).startsWith("profile_changed");
    }

    @Test
    void editProfile_roleTagTakenAway_isGone() {
        edit(bob, bob, new ProfileChange(null, "backend", false, null, null, null), ALL);
        edit(bob, bob, new ProfileChange(null, null, true, null, null, null), ALL);

        assertThat(world.member(mesh, bob).roleTag()).isNull();
    }

    @Test
    void editProfile_fieldsThatThePolicyKeeps_areRefusedAsAWhole() {
        ProfileChange change = new ProfileChange("Robert", "backend", false, List.of(), "off", null);

        assertThat(edit(bob, bob, change, NAME_ONLY))
                .isEqualTo(new MemberChange.AdminManaged(List.of("roleTag", "groups", "messageMode")));
        assertThat(world.member(mesh, bob).displayName()).isEqualTo("Bob");
    }

    @Test
    void editProfile_ofSomebodyElse_isForAdministrators() {
        ProfileChange change = new ProfileChange("Mallory", null, false, null, null, null);

        assertThat(edit(eve, bob, change, ALL)).isInstanceOf(MemberChange.Forbidden.class);
        assertThat(edit(admin, bob, change, NAME_ONLY)).isEqualTo(new MemberChange.Done());
    }

    @Test
    void editProfile_ownRole_isRefused() {
        assertThat(edit(bob, bob, role(Role.ADMIN), ALL))
                .isEqualTo(new MemberChange.AdminManaged(List.of("permission")));
    }

    @Test
    void editProfile_memberOfAnotherMesh_isNotFound() {
        String foreign = world.join(world.mesh(), "Foreign", Role.MEMBER, null);

        assertThat(edit(admin, foreign, role(Role.ADMIN), ALL)).isEqualTo(new MemberChange.NotFound());
    }

    @Test
    void editProfile_roleByAdministrator_isChangedButNotTheOwners() {
        assertThat(edit(admin, bob, role(Role.ADMIN), ALL)).isEqualTo(new MemberChange.Done());
        assertThat(edit(admin, owner, role(Role.MEMBER), ALL)).isInstanceOf(MemberChange.Forbidden.class);

        assertThat(world.member(mesh, bob).role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void editProfile_lastAdministratorsRole_stays() throws Exception {
        MeshView nobodys = world.mesh();
        String one = world.directory.activeMembers(nobodys.meshId()).get(0).memberId();
        String other = world.join(nobodys, "Other", Role.ADMIN, null);
        Members.Asking asOne = world.as(nobodys, one);
        Members.Asking asOther = world.as(nobodys, other);
        Iterator<List<Object>> both = List.of(List.<Object>of(asOne, other), List.<Object>of(asOther, one))
                .iterator();

        List<MemberChange> outcomes = AtOnce.run(2, () -> {
            List<Object> mine;
            synchronized (both) {
                mine = both.next();
            }
            return world.members.editProfile(
                    nobodys.meshId(),
                    (Members.Asking) mine.get(0),
                    (String) mine.get(1),
                    false,
                    role(Role.MEMBER),
                    ALL);
        });

        assertThat(outcomes).containsExactlyInAnyOrder(new MemberChange.Done(), new MemberChange.LastAdministrator());
    }

    @Test
    void changeRights_firstChange_startsFromTheDefaults() throws Exception {
        assertThat(rights(admin, bob, Map.of(Permission.INVITE, true, Permission.SEND, false)))
                .isEqualTo(new MemberChange.Done());

        assertThat(world.member(mesh, bob).permissions())
                .isEqualTo(Set.of(Permission.INVITE, Permission.WRITE_STATE, Permission.USE_TOOLS));
        assertThat(world.events(mesh.meshId()).get(0).payload().toString())
                .isEqualTo("{\"denied\":[\"canSend\"],\"granted\":[\"canInvite\"],\"memberId\":\"" + bob + "\"}");
    }

    @Test
    void changeRights_afterThat_theRowDecidesAlsoWhenTheRoleChanges() {
        rights(admin, bob, Map.of(Permission.SEND, false));
        edit(admin, bob, role(Role.ADMIN), ALL);

        assertThat(world.authorization.permits(Permission.SEND, mesh.meshId(), bob))
                .isFalse();
        assertThat(world.authorization.permits(Permission.INVITE, mesh.meshId(), bob))
                .isFalse();
    }

    @Test
    void changeRights_byAMember_isForbidden() {
        assertThat(rights(bob, eve, Map.of(Permission.SEND, false))).isInstanceOf(MemberChange.Forbidden.class);
        assertThat(rights(bob, bob, Map.of(Permission.INVITE, true))).isInstanceOf(MemberChange.Forbidden.class);
    }

    @ParameterizedTest
    @CsvSource({"owner, true", "admin, false"})
    void changeRights_toDeleteTheMesh_areGrantedByTheOwnerOnly(String who, boolean done) {
        MemberChange outcome = rights(who.equals("owner") ? owner : admin, bob, Map.of(Permission.DELETE_MESH, true));

        assertThat(outcome instanceof MemberChange.Done).isEqualTo(done);
    }

    @Test
    void changeRights_memberThatMayManageThem_grantsOnlyWhatItHas() {
        rights(owner, bob, Map.of(Permission.MANAGE_PERMISSIONS, true));

        assertThat(rights(bob, eve, Map.of(Permission.INVITE, true))).isInstanceOf(MemberChange.Forbidden.class);
        assertThat(rights(bob, bob, Map.of(Permission.INVITE, true))).isInstanceOf(MemberChange.Forbidden.class);
        assertThat(rights(bob, eve, Map.of(Permission.SEND, false))).isEqualTo(new MemberChange.Done());
    }

    @Test
    void changeRights_ofTheOwner_areRefused() {
        assertThat(rights(admin, owner, Map.of(Permission.DELETE_MESH, false)))
                .isInstanceOf(MemberChange.Forbidden.class);
        assertThat(rights(owner, owner, Map.of(Permission.MANAGE_PERMISSIONS, false)))
                .isInstanceOf(MemberChange.Forbidden.class);
    }

    @Test
    void overriddenOwner_keepsWhatItNeedsToStayOne() {
        world.execute("INSERT INTO mesh.permission (member_id, granted, changed_at) VALUES (?, '{}', now())", owner);
        world.directory.changed(mesh.meshId());

        assertThat(world.member(mesh, owner).permissions())
                .isEqualTo(Set.of(Permission.DELETE_MESH, Permission.MANAGE_PERMISSIONS));
    }

    @Test
    void leave_everyMemberOfTheAccount_ends() throws Exception {
        String account = world.account();
        String laptop = world.join(mesh, "Laptop", Role.MEMBER, account);
        String desktop = world.join(mesh, "Desktop", Role.MEMBER, account);

        Members.Leaving.Left left = (Members.Leaving.Left) world.members.leave(mesh.meshId(), account, "Ada");

        assertThat(left.memberIds()).containsExactlyInAnyOrder(laptop, desktop);
        assertThat(world.authorization.standing(mesh.meshId(), new Principal.OfAccount(account)))
                .isEmpty();
        assertThat(world.members.leave(mesh.meshId(), account, "Ada")).isEqualTo(new Members.Leaving.NotAMember());
        assertThat(world.recorded(mesh.meshId())).startsWith("member_left", "member_left");
    }

    @Test
    void leave_ownerOrLastAdministrator_isRefused() {
        String account = world.account();
        MeshView own = world.meshOf(account);
        MeshView nobodys = world.mesh();
        world.join(nobodys, "Ada", Role.ADMIN, account);
        world.execute(
                "UPDATE mesh.member SET left_at = now() WHERE mesh_id = ? AND account_id IS NULL", nobodys.meshId());

        assertThat(world.members.leave(own.meshId(), account, "Ada")).isEqualTo(new Members.Leaving.Owner());
        assertThat(world.members.leave(nobodys.meshId(), account, "Ada"))
                .isEqualTo(new Members.Leaving.LastAdministrator());
    }

    private MemberChange edit(String asking, String member, ProfileChange change, HelloAck.SelfEditable policy) {
        return world.members.editProfile(
                mesh.meshId(), world.as(mesh, asking), member, asking.equals(member), change, policy);
    }

    private MemberChange rights(String asking, String member, Map<Permission, Boolean> updates) {
        return world.members.changeRights(mesh.meshId(), world.as(mesh, asking), member, updates);
    }

    private static ProfileChange role(Role role) {
        return new ProfileChange(null, null, false, null, null, role);
    }
}

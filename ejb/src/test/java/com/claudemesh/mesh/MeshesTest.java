package com.claudemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.testing.AtOnce;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeshesTest {
    private final TestMeshes world = new TestMeshes();

    @Test
    void create_withAKey_makesTheOwnerAnAdministratorWithThatKey() {
        String account = world.account();
        String key = SigningKeyPair.generate().publicHex();

        MeshCreated mesh = create(NewMesh.named("Team", null, key, account, false));

        assertThat(world.directory.memberByKey(mesh.meshId(), key)).hasValueSatisfying(member -> {
            assertThat(member.memberId()).isEqualTo(mesh.ownerMemberId());
            assertThat(member.displayName()).isEqualTo("Team-owner");
            assertThat(member.standing()).isEqualTo(Standing.OWNER);
        });
    }

    @Test
    void create_withoutAKey_makesAnOwnerThatNothingCanBeSentTo() {
        String account = world.account();
        MeshView mesh = world.meshOf(account);

        assertThat(world.directory.membersOfAccount(mesh.meshId(), account)).hasSize(1);
        assertThat(world.directory.activeMembers(mesh.meshId())).isEmpty();
    }

    @Test
    void create_database_holdsNoSecretInClear() {
        MeshView mesh = world.mesh();
        MeshSecrets secrets = world.meshes.secrets(mesh.meshId());

        assertThat(world.count(
                        "SELECT count(*) FROM mesh.mesh m WHERE m::text LIKE ? OR m::text LIKE ?",
                        "%" + secrets.ownerSecretKey() + "%",
                        "%" + secrets.rootKey() + "%"))
                .isZero();
    }

    @Test
    void create_sameNameAtOnce_givesEachItsOwnSlug() throws Exception {
        String name = "race " + UUID.randomUUID();

        List<MeshCreation> made = AtOnce.run(
                10,
                () -> world.meshes.create(
                        NewMesh.named(name, null, SigningKeyPair.generate().publicHex(), null, false)));

        assertThat(made.stream()
                        .map(one -> ((MeshCreation.Created) one).mesh().slug())
                        .distinct())
                .hasSize(10);
    }

    @Test
    void create_moreThanAnAccountMayOwn_isRefusedUntilOneEnds() {
        String account = world.account();
        MeshView first = world.meshOf(account);
        for (int i = 1; i < TestMeshes.MAX_MESHES; i++) {
            world.meshOf(account);
        }

        assertThat(world.meshes.create(NewMesh.named("more", null, null, account, false)))
                .isEqualTo(new MeshCreation.TooMany(TestMeshes.MAX_MESHES));
        world.meshes.archive(first.meshId(), Actor.OPERATOR);
        assertThat(world.meshes.create(NewMesh.named("more", null, null, account, false)))
                .isInstanceOf(MeshCreation.Created.class);
    }

    @ParameterizedTest
    @EnumSource(MeshTemplate.class)
    void create_template_isKeptInTheSettings(MeshTemplate template) {
        String account = world.account();
        MeshCreated mesh = create(new NewMesh(
                "Team", null, null, account, false, NewMesh.Labels.DEFAULT, template.settings("what it is for")));

        MeshSettings kept =
                world.meshes.details(account, mesh.meshId()).orElseThrow().settings();
        assertThat(kept).isEqualTo(template.settings("what it is for"));
        assertThat(kept.template()).isEqualTo(template.wire());
        assertThat(kept.stateKeys()).isNotEmpty();
        assertThat(kept.roles()).isNotEmpty();
    }

    @Test
    void moveTo_freeSlug_changesSlugAndName() {
        MeshView mesh = world.mesh();
        String slug = "moved-" + mesh.slug();

        assertThat(world.meshes.moveTo(mesh.meshId(), Actor.OPERATOR, slug)).isEqualTo(new MeshChange.Done());

        assertThat(world.directory.mesh(mesh.meshId()).orElseThrow())
                .extracting(MeshView::slug, MeshView::name)
                .containsExactly(slug, slug);
    }

    @Test
    void moveTo_slugOfAnotherLiveMesh_isTaken() {
        MeshView mesh = world.mesh();
        MeshView other = world.mesh();

        assertThat(world.meshes.moveTo(mesh.meshId(), Actor.OPERATOR, other.slug()))
                .isEqualTo(new MeshChange.SlugTaken());
        world.meshes.archive(other.meshId(), Actor.OPERATOR);
        assertThat(world.meshes.moveTo(mesh.meshId(), Actor.OPERATOR, other.slug()))
                .isEqualTo(new MeshChange.Done());
    }

    @Test
    void moveTo_sameSlugAtOnce_isWonByOne() throws Exception {
        MeshView one = world.mesh();
        MeshView other = world.mesh();
        String slug = "wanted-" + one.slug();

        Iterator<MeshView> both = List.of(one, other).iterator();

        List<MeshChange> outcomes = AtOnce.run(2, () -> {
            MeshView mesh;
            synchronized (both) {
                mesh = both.next();
            }
            return world.meshes.moveTo(mesh.meshId(), Actor.OPERATOR, slug);
        });

        assertThat(outcomes).containsExactlyInAnyOrder(new MeshChange.Done(), new MeshChange.SlugTaken());
    }

    @Test
    void archive_liveMesh_endsItAndKeepsItsRecord() throws Exception {
        String account = world.account();
        MeshView mesh = world.meshOf(account);

        assertThat(world.meshes.archive(mesh.meshId(), Actor.OPERATOR)).isEqualTo(new MeshChange.Done());

        assertThat(world.directory.mesh(mesh.meshId())).isEmpty();
        assertThat(world.meshes.archive(mesh.meshId(), Actor.OPERATOR)).isEqualTo(new MeshChange.NotFound());
        assertThat(world.recorded(mesh.meshId())).containsExactly("mesh_archived", "mesh_created");
        assertThat(world.chainIsValid(mesh.meshId())).isTrue();
        assertThat(world.meshes
                        .details(account, mesh.meshId())
                        .orElseThrow()
                        .mesh()
                        .archivedAt())
                .isNotNull();
    }

    @Test
    void delete_ofTheRow_keepsTheRecord() throws Exception {
        MeshView mesh = world.mesh();
        world.execute("DELETE FROM mesh.mesh WHERE id = ?", mesh.meshId());

        assertThat(world.recorded(mesh.meshId())).containsExactly("mesh_created");
        assertThat(world.chainIsValid(mesh.meshId())).isTrue();
    }

    @Test
    void transfer_toAMemberWithAnAccount_makesItTheOwner() {
        String ada = world.account();
        String bob = world.account();
        MeshView mesh = world.meshOf(ada);
        String bobsMember = world.join(mesh, "Bob", Role.MEMBER, bob);

        assertThat(world.meshes.transfer(mesh.meshId(), Actor.OPERATOR, bobsMember))
                .isEqualTo(new MeshChange.Done());

        assertThat(world.authorization.standing(mesh.meshId(), new Principal.OfAccount(bob)))
                .contains(Standing.OWNER);
        assertThat(world.authorization.standing(mesh.meshId(), new Principal.OfAccount(ada)))
                .contains(Standing.ADMIN);
    }

    @Test
    void transfer_toAMemberWithoutAccountOrOfAnotherMesh_isRefused() {
        MeshView mesh = world.meshOf(world.account());
        String nobodys = world.join(mesh, "Bot", Role.MEMBER, null);
        String foreign = world.join(world.mesh(), "Eve", Role.MEMBER, world.account());

        assertThat(world.meshes.transfer(mesh.meshId(), Actor.OPERATOR, nobodys))
                .isEqualTo(new MeshChange.NoSuchOwner());
        assertThat(world.meshes.transfer(mesh.meshId(), Actor.OPERATOR, foreign))
                .isEqualTo(new MeshChange.NoSuchOwner());
    }

    @Test
    void changePolicy_oneOfTwo_leavesTheOther() {
        MeshView mesh = world.mesh();
        world.meshes.changePolicy(
                mesh.meshId(), Actor.OPERATOR, new HelloAck.SelfEditable(true, false, true, false), null);

        assertThat(world.directory.mesh(mesh.meshId()).orElseThrow().v1Invites())
                .isTrue();
        assertThat(world.count(
                        "SELECT count(*) FROM mesh.mesh WHERE id = ? AND NOT (self_editable->>'roleTag')::boolean",
                        mesh.meshId()))
                .isEqualTo(1);
    }

    @Test
    void listOf_showsOwnAndJoinedMeshes_andNoOthers() {
        String account = world.account();
        MeshView own = world.meshOf(account);
        MeshView joined = world.mesh();
        world.join(joined, "Ada", Role.MEMBER, account);
        MeshView gone = world.meshOf(account);
        world.meshes.archive(gone.meshId(), Actor.OPERATOR);
        world.mesh();

        assertThat(world.meshes.listOf(account, MeshQuery.live()).meshes())
                .extracting(MeshListing::meshId, MeshListing::standing, MeshListing::memberCount)
                .containsExactlyInAnyOrder(
                        tuple(own.meshId(), Standing.OWNER, 1L), tuple(joined.meshId(), Standing.MEMBER, 2L));
        MeshPage page = world.meshes.listOf(account, new MeshQuery("", true, 1, 1));
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.meshes()).hasSize(1);
        assertThat(world.meshes
                        .listOf(account, new MeshQuery(own.name().toUpperCase(), true, 10, 0))
                        .meshes())
                .extracting(MeshListing::meshId)
                .containsExactly(own.meshId());
    }

    @Test
    void details_stranger_seesNothing() {
        MeshView mesh = world.meshOf(world.account());

        assertThat(world.meshes.details(world.account(), mesh.meshId())).isEmpty();
    }

    private MeshCreated create(NewMesh wish) {
        return ((MeshCreation.Created) world.meshes.create(wish)).mesh();
    }
}

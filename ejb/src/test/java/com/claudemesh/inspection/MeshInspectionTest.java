package com.claudemesh.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.mesh.Actor;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.mesh.TestMeshes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeshInspectionTest {
    private static final MeshInspection.Filter ALL =
            new MeshInspection.Filter(Set.of(), Set.of(), Set.of(), null, null);

    private final TestMeshes world = new TestMeshes();
    private final MeshInspection inspection = new MeshInspection(world.transactions, world.clock);
    private final String mark = UUID.randomUUID().toString();

    /** A mesh that this test finds again by the mark in its name. */
    private MeshView mesh(String name, String account) {
        MeshView mesh = world.meshOf(account);
        world.meshes.rename(mesh.meshId(), Actor.OPERATOR, name + " " + mark);
        return mesh;
    }

    private PageRequest marked(int maxRows, long skipped, PageRequest.Order... orders) {
        return new PageRequest(mark.toUpperCase(java.util.Locale.ROOT), List.of(orders), maxRows, skipped);
    }

    private static List<String> ids(Page<MeshInspection.Row> page) {
        return page.rows().stream().map(MeshInspection.Row::meshId).toList();
    }

    @Test
    void meshes_pages_areCountedSortedAndCut() {
        String account = world.account();
        String first = mesh("b", account).meshId();
        world.clock.advance(Duration.ofMinutes(1));
        String second = mesh("a", account).meshId();
        PageRequest.Order byName = new PageRequest.Order("name", false);

        assertThat(ids(inspection.meshes(ALL, marked(10, 0)))).containsExactly(second, first);
        assertThat(ids(inspection.meshes(ALL, marked(10, 0, byName)))).containsExactly(second, first);
        assertThat(ids(inspection.meshes(ALL, marked(1, 1)))).containsExactly(first);
        assertThat(inspection.meshes(ALL, marked(1, 1)).total()).isEqualTo(2);
    }

    @Test
    void meshes_filters_leaveOthersOut() {
        String account = world.account();
        String live = mesh("live", account).meshId();
        String ended = mesh("ended", account).meshId();
        world.meshes.archive(ended, Actor.OPERATOR);
        Instant day = world.clock.instant();

        assertThat(ids(inspection.meshes(filter(true, null), marked(10, 0)))).containsExactly(ended);
        assertThat(ids(inspection.meshes(filter(false, null), marked(10, 0)))).containsExactly(live);
        assertThat(ids(inspection.meshes(filter(null, new TimeRange(day, day.plusSeconds(1))), marked(10, 0))))
                .hasSize(2);
        assertThat(ids(inspection.meshes(
                        filter(null, new TimeRange(day.plusSeconds(1), day.plusSeconds(2))), marked(10, 0))))
                .isEmpty();
        assertThat(ids(inspection.meshes(
                        new MeshInspection.Filter(Set.of("pro"), Set.of(), Set.of(), null, null), marked(10, 0))))
                .isEmpty();
        assertThat(ids(inspection.meshes(
                        new MeshInspection.Filter(Set.of("pro", "free"), Set.of("managed"), Set.of(), null, null),
                        marked(10, 0))))
                .hasSize(2);
    }

    private static MeshInspection.Filter filter(Boolean archived, TimeRange created) {
        return new MeshInspection.Filter(Set.of(), Set.of(), Set.of(), archived, created);
    }

    @Test
    void meshes_textWithSqlInIt_isData() {
        mesh("plain", world.account());

        assertThat(inspection
                        .meshes(ALL, new PageRequest("%' OR true --", List.of(), 10, 0))
                        .total())
                .isZero();
    }

    @Test
    void meshes_unknownSortColumn_isRefused() {
        PageRequest request = marked(10, 0, new PageRequest.Order("name; DROP TABLE mesh.mesh", false));

        assertThatThrownBy(() -> inspection.meshes(ALL, request)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mesh_owner_isNamed() {
        String account = world.account();
        MeshView mesh = mesh("owned", account);

        assertThat(inspection.mesh(mesh.meshId())).hasValueSatisfying(row -> {
            assertThat(row.ownerAccountId()).isEqualTo(account);
            assertThat(row.ownerEmail()).isEqualTo(account + "@example.org");
            assertThat(row.memberCount()).isEqualTo(1);
        });
        assertThat(inspection.mesh("nosuchmesh")).isEmpty();
        assertThat(inspection.ownedBy(account, 10)).hasSize(1);
    }

    @Test
    void members_thatAreGone_areListedWithTheirEnd() {
        String account = world.account();
        MeshView mesh = world.meshOf(world.account());
        String member = world.join(mesh, "Bob", Role.MEMBER, account);
        world.members.leave(mesh.meshId(), account, "Bob");

        assertThat(inspection.members(mesh.meshId()))
                .filteredOn(row -> row.memberId().equals(member))
                .singleElement()
                .satisfies(row -> assertThat(row.endedAt()).isNotNull());
    }

    @Test
    void totals_countMeshesOnce() {
        MeshInspection.Totals before = inspection.totals();
        MeshView mesh = world.mesh();
        world.meshes.archive(world.mesh().meshId(), Actor.OPERATOR);

        MeshInspection.Totals after = inspection.totals();

        assertThat(mesh).isNotNull();
        assertThat(after.meshes() - before.meshes()).isEqualTo(2);
        assertThat(after.activeMeshes() - before.activeMeshes()).isEqualTo(1);
    }
}

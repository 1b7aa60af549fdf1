package com.claudemesh.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.mesh.TestMeshes;
import com.claudemesh.protocol.id.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts, how they sign in, and where they are members. */
class AccountInspectionTest {
    private static final AccountInspection.Filter ALL = new AccountInspection.Filter(Set.of(), null, null, null);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final TestMeshes world = new TestMeshes();
    private final AccountInspection accounts = new AccountInspection(world.transactions);
    private final WayInInspection ways = new WayInInspection(world.transactions);
    private final MembershipInspection memberships = new MembershipInspection(world.transactions);
    private final String mark = Ids.next();

    /** An account that this test finds again by the mark in its name. */
    private String account(String name, String role, Instant createdAt, String bannedBecause) {
        String id = Ids.next();
        world.execute(
                """
                INSERT INTO public.account (id, name, email, email_verified, role, password_hash, created_at, disabled_at,
                    ban_reason)
                VALUES (?, ?, ?, true, ?, 'hash', ?, ?::timestamptz, ?)""",
                id,
                name + " " + mark,
                id.toLowerCase(Locale.ROOT) + "@example.org",
                role,
                createdAt,
                bannedBecause == null ? null : NOON.toString(),
                bannedBecause);
        return id;
    }

    private List<String> found(AccountInspection.Filter filter, PageRequest.Order... orders) {
        return accounts
                .accounts(filter, new PageRequest(mark.toUpperCase(Locale.ROOT), List.of(orders), 10, 0))
                .rows()
                .stream()
                .map(AccountInspection.Row::accountId)
                .toList();
    }

    @Test
    void accounts_filters_leaveOthersOut() {
        String root = account("root", "admin", NOON, null);
        String user = account("user", "user", NOON.plusSeconds(60), null);
        String banned = account("banned", "user", NOON.plusSeconds(120), "spam");

        assertThat(found(ALL)).containsExactly(banned, user, root);
        assertThat(found(ALL, new PageRequest.Order("role", false), new PageRequest.Order("name", true)))
                .containsExactly(root, user, banned);
        assertThat(found(new AccountInspection.Filter(Set.of("admin"), null, null, null)))
                .containsExactly(root);
        assertThat(found(new AccountInspection.Filter(Set.of("admin", "user"), null, false, null)))
                .containsExactly(user, root);
        assertThat(found(new AccountInspection.Filter(Set.of(), null, true, null)))
                .containsExactly(banned);
        assertThat(found(new AccountInspection.Filter(Set.of(), true, null, null)))
                .isEmpty();
        assertThat(found(new AccountInspection.Filter(Set.of(), false, null, null)))
                .hasSize(3);
        assertThat(found(new AccountInspection.Filter(Set.of(), null, null, new TimeRange(NOON, NOON.plusSeconds(60)))))
                .containsExactly(root);
    }

    @Test
    void account_ban_isShownWithItsReason() {
        String banned = account("banned", "user", NOON, "spam");

        assertThat(accounts.account(banned)).hasValueSatisfying(row -> {
            assertThat(row.bannedAt()).isEqualTo(NOON);
            assertThat(row.banReason()).isEqualTo("spam");
        });
        assertThat(accounts.account("nobody")).isEmpty();
    }

    @Test
    void ways_passwordAndIdentities_areThoseOfTheAccount() {
        String ada = account("ada", "user", NOON, null);
        String bob = account("bob", "user", NOON, null);
        String identity = Ids.next();
        world.execute("""
                INSERT INTO public.account_identity (id, issuer, subject, account_id, created_at, last_used_at)
                VALUES (?, 'https://id.example', ?, ?, ?, ?)""", identity, identity, ada, NOON.plusSeconds(60), NOON.plusSeconds(60));

        assertThat(ways(ada, Set.of(), null)).containsExactly(identity, "credential");
        assertThat(ways(ada, Set.of("oidc"), null)).containsExactly(identity);
        assertThat(ways(ada, Set.of(), new TimeRange(NOON, NOON.plusSeconds(1))))
                .containsExactly("credential");
        assertThat(ways(bob, Set.of(), null)).containsExactly("credential");
    }

    private List<String> ways(String accountId, Set<String> providers, TimeRange created) {
        return ways
                .ways(new WayInInspection.Filter(accountId, providers, created), PageRequest.first(10))
                .rows()
                .stream()
                .map(WayInInspection.Row::id)
                .toList();
    }

    @Test
    void memberships_thatEnded_areListedWithTheirEndAndCanBeLeftOut() {
        String account = world.account();
        MeshView left = world.meshOf(world.account());
        MeshView stayed = world.meshOf(world.account());
        world.join(left, "Bob", Role.MEMBER, account);
        world.join(stayed, "Bob", Role.ADMIN, account);
        world.members.leave(left.meshId(), account, "Bob");

        assertThat(meshes(MembershipInspection.Filter.allOf(account)))
                .containsExactlyInAnyOrder(left.meshId(), stayed.meshId());
        assertThat(meshes(new MembershipInspection.Filter(account, Set.of(), true, null)))
                .containsExactly(left.meshId());
        assertThat(meshes(new MembershipInspection.Filter(account, Set.of(), false, null)))
                .containsExactly(stayed.meshId());
        assertThat(meshes(new MembershipInspection.Filter(account, Set.of("admin"), null, null)))
                .containsExactly(stayed.meshId());
        assertThat(memberships
                        .memberships(MembershipInspection.Filter.allOf(account), PageRequest.first(1))
                        .total())
                .isEqualTo(2);
    }

    private List<String> meshes(MembershipInspection.Filter filter) {
        return memberships.memberships(filter, PageRequest.first(10)).rows().stream()
                .map(MembershipInspection.Row::meshId)
                .toList();
    }
}

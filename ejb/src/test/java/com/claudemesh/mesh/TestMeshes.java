package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditReader;
import com.claudemesh.audit.AuditVerifier;
import com.claudemesh.audit.RecordedEvent;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.AtRestCipher;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.testing.SettableClock;
import com.claudemesh.testing.TestDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The mesh component on a real database, as the server wires it, with a clock that tests move. */
public final class TestMeshes {
    public static final int MAX_MESHES = 3;
    public static final int MAX_MEMBERS = 120;
    private static final DataSource DATABASE = TestDatabase.freshPooled();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final DataSource database;
    public final SettableClock clock = new SettableClock();
    public final Transactions transactions;
    public final AuditChainStore chains = new AuditChainStore();
    public final AtRestCipher atRest = new AtRestCipher("00".repeat(32));
    public final MeshDirectory directory = new MeshDirectory(this::snapshot, clock);
    public final Meshes meshes;
    public final Enrolments enrolments = new Enrolments(clock, MAX_MEMBERS);
    public final Members members;
    public final Authorization authorization = new Authorization(directory);

    /** In the database that most tests share. */
    public TestMeshes() {
        this(DATABASE);
    }

    public TestMeshes(DataSource database) {
        this.database = database;
        transactions = new Transactions(database);
        meshes = new Meshes(transactions, chains, atRest, clock, directory::changed, MAX_MESHES);
        members = new Members(transactions, chains, clock, directory::changed);
    }

    public DataSource database() {
        return database;
    }

    /** A new account; returns its id. */
    public String account() {
        String id = "account-" + COUNT.incrementAndGet();
        transactions.execute(connection -> Sql.update(connection, """
                INSERT INTO public.account (id, name, email, email_verified, role, created_at)
                VALUES (?, 'Ada', ?, true, 'user', now())""", id, id + "@example.org"));
        return id;
    }

    /** A mesh that belongs to nobody, with one administrator. */
    public MeshView mesh() {
        return mesh(null, true);
    }

    /** A mesh of an account that has no key in it yet. */
    public MeshView meshOf(String accountId) {
        return mesh(accountId, false);
    }

    private MeshView mesh(String accountId, boolean v1Invites) {
        String key = accountId == null ? SigningKeyPair.generate().publicHex() : null;
        MeshCreation.Created created = (MeshCreation.Created)
                meshes.create(NewMesh.named("Mesh " + COUNT.incrementAndGet(), null, key, accountId, v1Invites));
        return directory.mesh(created.mesh().meshId()).orElseThrow();
    }

    /** A new member; returns its id. */
    public String join(MeshView mesh, String name, Role role, String accountId) {
        String key = SigningKeyPair.generate().publicHex();
        Enrolment enrolment = transactions.run(connection -> enrolments.enrol(
                connection, new Joining(mesh.meshId(), key, role, MemberProfile.named(name), accountId)));
        directory.changed(mesh.meshId());
        return ((Enrolment.Added) enrolment).memberId();
    }

    public MemberView member(MeshView mesh, String memberId) {
        return directory.memberById(mesh.meshId(), memberId).orElseThrow();
    }

    /** What a member asks with. */
    public Members.Asking as(MeshView mesh, String memberId) {
        MemberView member = member(mesh, memberId);
        return new Members.Asking(new Actor(memberId, member.displayName()), member.standing(), member.permissions());
    }

    /** Types of the recorded events, newest first. */
    public List<String> recorded(String meshId) throws SQLException {
        return events(meshId).stream().map(RecordedEvent::eventType).toList();
    }

    public List<RecordedEvent> events(String meshId) throws SQLException {
        return new AuditReader(database).query(meshId, 1_000, 0, null).events();
    }

    public boolean chainIsValid(String meshId) throws SQLException {
        return new AuditVerifier(database).verify(meshId).valid();
    }

    public long count(String sql, Object... parameters) {
        return transactions
                .run(connection -> Sql.first(connection, sql, row -> row.getLong(1), parameters))
                .orElseThrow();
    }

    public void execute(String sql, Object... parameters) {
        transactions.execute(connection -> Sql.update(connection, sql, parameters));
    }

    /** What the server reads with JPA. */
    private Optional<MeshDirectory.Snapshot> snapshot(String meshId) {
        return transactions.run(connection -> {
            Optional<MeshView> mesh = Sql.first(
                    connection,
                    """
                    SELECT id, slug, name, owner_pubkey, owner_account_id, v1_invites FROM mesh.mesh
                    WHERE id = ? AND archived_at IS NULL""",
                    row -> new MeshView(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            new HelloAck.SelfEditable(true, true, true, true),
                            row.getString(5),
                            row.getBoolean(6)),
                    meshId);
            return mesh.isEmpty()
                    ? Optional.<MeshDirectory.Snapshot>empty()
                    : Optional.of(new MeshDirectory.Snapshot(mesh.get(), views(connection, mesh.get())));
        });
    }

    private static List<MemberView> views(Connection connection, MeshView mesh) throws SQLException {
        return Sql.list(connection, """
                SELECT m.*, (SELECT granted FROM mesh.permission WHERE member_id = m.id) AS granted
                FROM mesh.member m WHERE mesh_id = ?""", row -> view(row, mesh), mesh.meshId());
    }

    private static MemberView view(ResultSet row, MeshView mesh) throws SQLException {
        String account = row.getString("account_id");
        return new MemberView(
                row.getString("id"),
                mesh.meshId(),
                row.getString("peer_pubkey"),
                row.getString("display_name"),
                Role.fromWire(row.getString("role")).orElseThrow(),
                account != null && account.equals(mesh.ownerAccountId()),
                row.getString("role_tag"),
                List.of(),
                row.getString("message_mode"),
                row.getTimestamp("left_at") != null || row.getTimestamp("revoked_at") != null,
                Grants.NONE,
                account,
                row.getBoolean("keyless"),
                granted(row.getArray("granted")));
    }

    private static Set<Permission> granted(Array names) throws SQLException {
        return names == null
                ? null
                : Arrays.stream((String[]) names.getArray())
                        .map(name -> Permission.fromWire(name).orElseThrow())
                        .collect(Collectors.toSet());
    }
}

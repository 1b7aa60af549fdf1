package com.claudemesh.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainStoreTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123Z");
    private static DataSource database;
    private static int meshes;

    private final AuditChainStore store = new AuditChainStore();
    private String mesh;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @BeforeEach
    void newMesh() {
        mesh = "mesh-" + ++meshes;
    }

    @Test
    void verify_nothingAppended_isValidAndEmpty() throws Exception {
        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(true, 0, null));
    }

    @Test
    void append_manyEventsOfManyMeshesAtOnce_chainsEachMeshInListOrder() throws Exception {
        append(event(mesh, "a"), event(mesh + "-other", "b"), event(mesh, "c"));
        append(event(mesh, "d"));

        assertThat(types(mesh)).containsExactly("d", "c", "a");
        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(true, 3, null));
        assertThat(verify(mesh + "-other")).isEqualTo(new AuditVerdict(true, 1, null));
    }

    @Test
    void append_transactionRolledBack_leavesTheChainAsItWas() throws Exception {
        append(event(mesh, "kept"));
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            store.append(connection, List.of(event(mesh, "lost")));
            connection.rollback();
        }
        append(event(mesh, "next"));

        assertThat(types(mesh)).containsExactly("next", "kept");
        assertThat(verify(mesh).valid()).isTrue();
    }

    @Test
    void append_manyWritersOfOverlappingMeshes_neitherForkNorDeadlock() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            int first = writer;
            running.add(writers.submit(() -> {
                for (int i = 0; i < 40; i++) {
                    append(
                            event(mesh + "-" + (first + i) % 5, "x"),
                            event(mesh + "-" + (first + i + 3) % 5, "y"),
                            event(mesh + "-" + i % 5, "z"));
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        writers.shutdown();

        long entries = 0;
        for (int i = 0; i < 5; i++) {
            AuditVerdict verdict = verify(mesh + "-" + i);
            assertThat(verdict.valid()).isTrue();
            entries += verdict.entries();
        }
        assertThat(entries).isEqualTo(8 * 40 * 3);
    }

    @Test
    void append_textsThatPostgresCannotKeep_areReplacedAndVerify() throws Exception {
        append(AuditEvent.of(
                mesh,
                "odd",
                null,
                "nul\u0000name",
                Map.of("k\u0000", List.of("\ud800x", "x\udc00", "\ud83d\ude00", "\u0000")),
                NOON));

        RecordedEvent recorded = page(10, 0, null).events().get(0);
        assertThat(recorded.actorDisplayName()).isEqualTo("nul\ufffdname");
        assertThat(recorded.payload().toString())
                .isEqualTo("{\"k\ufffd\":[\"\ufffdx\",\"x\ufffd\",\"\ud83d\ude00\",\"\ufffd\"]}");
        assertThat(verify(mesh).valid()).isTrue();
    }

    @Test
    void append_hourThatTheClockShowsTwice_keepsItsInstant() throws Exception {
        Instant second = Instant.parse("2026-10-25T01:30:00.007Z");
        append(AuditEvent.of(mesh, "autumn", null, null, Map.of(), second));

        assertThat(page(1, 0, null).events().get(0).createdAt()).isEqualTo(second);
        assertThat(verify(mesh).valid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE mesh.audit_log SET payload = '{\"n\":99}' WHERE mesh_id = '%s' AND seq = 3",
                "UPDATE mesh.audit_log SET event_type = 'other' WHERE mesh_id = '%s' AND seq = 3",
                "UPDATE mesh.audit_log SET actor_member_id = 'other' WHERE mesh_id = '%s' AND seq = 3",
                "UPDATE mesh.audit_log SET created_at = created_at + interval '1 microsecond' WHERE mesh_id = '%s' AND seq = 3",
                "UPDATE mesh.audit_log SET created_at = created_at + interval '1 hour' WHERE mesh_id = '%s' AND seq = 3",
                "UPDATE mesh.audit_log SET prev_hash = 'genesis' WHERE mesh_id = '%s' AND seq = 3",
                "UPDATE mesh.audit_log SET hash = repeat('0', 64) WHERE mesh_id = '%s' AND seq = 3"
            })
    void verify_changedRow_isFoundAtThatRow(String tampering) throws Exception {
        appendNumbered(5);
        long third = id(3);

        tamper(tampering.formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(false, 5, third));
    }

    @Test
    void verify_deletedRow_isFoundAtTheNext() throws Exception {
        appendNumbered(5);
        long fourth = id(4);

        tamper("DELETE FROM mesh.audit_log WHERE mesh_id = '%s' AND seq = 3".formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(false, 4, fourth));
    }

    @Test
    void verify_deletedRowWithPlacesClosedUp_isFound() throws Exception {
        appendNumbered(5);
        long fourth = id(4);

        tamper("DELETE FROM mesh.audit_log WHERE mesh_id = '%s' AND seq = 3".formatted(mesh));
        tamper("UPDATE mesh.audit_log SET seq = 3 WHERE mesh_id = '%s' AND seq = 4".formatted(mesh));
        tamper("UPDATE mesh.audit_log SET seq = 4 WHERE mesh_id = '%s' AND seq = 5".formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(false, 4, fourth));
    }

    @Test
    void verify_lastRowDeleted_isFoundByTheHead() throws Exception {
        appendNumbered(5);
        long fourth = id(4);

        tamper("DELETE FROM mesh.audit_log WHERE mesh_id = '%s' AND seq = 5".formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(false, 4, fourth));
    }

    @Test
    void verify_everythingDeleted_isFoundByTheHead() throws Exception {
        appendNumbered(5);

        tamper("DELETE FROM mesh.audit_log WHERE mesh_id = '%s'".formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(false, 0, null));
    }

    @Test
    void verify_reorderedRows_isFoundAtTheFirst() throws Exception {
        appendNumbered(5);
        long third = id(3);

        tamper("UPDATE mesh.audit_log SET seq = 100 WHERE mesh_id = '%s' AND seq = 2".formatted(mesh));
        tamper("UPDATE mesh.audit_log SET seq = 2 WHERE mesh_id = '%s' AND seq = 3".formatted(mesh));
        tamper("UPDATE mesh.audit_log SET seq = 3 WHERE mesh_id = '%s' AND seq = 100".formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(false, 5, third));
    }

    @Test
    void verify_rowOfAnotherMeshMovedIn_isFound() throws Exception {
        appendNumbered(2);
        append(event(mesh + "-other", "x"), event(mesh + "-other", "y"), event(mesh + "-other", "z"));
        List<RecordedEvent> others =
                new AuditReader(database).query(mesh + "-other", 1, 0, null).events();

        tamper("UPDATE mesh.audit_log SET mesh_id = '%s' WHERE mesh_id = '%s-other' AND seq = 3".formatted(mesh, mesh));

        assertThat(verify(mesh))
                .isEqualTo(new AuditVerdict(false, 3, others.get(0).id()));
        assertThat(verify(mesh + "-other").valid()).isFalse();
    }

    @Test
    void auditLog_changeByTheRoleThatOwnsIt_isRefused() throws Exception {
        try (Connection connection = TestDatabase.fresh().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE plain_owner");
            statement.execute("GRANT ALL ON SCHEMA mesh TO plain_owner");
            statement.execute("ALTER TABLE mesh.audit_log OWNER TO plain_owner");
            statement.execute("SET ROLE plain_owner");

            statement.execute("SELECT FROM mesh.audit_log");
            for (String change : List.of(
                    "UPDATE mesh.audit_log SET payload = '{}'",
                    "DELETE FROM mesh.audit_log",
                    "TRUNCATE mesh.audit_log")) {
                assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void verify_tenThousandRows_readsThemAll() throws Exception {
        append(IntStream.range(0, 10_000).mapToObj(this::numbered).toArray(AuditEvent[]::new));

        AuditVerdict verdict = verify(mesh);

        assertThat(verdict).isEqualTo(new AuditVerdict(true, 10_000, null));
    }

    @Test
    void query_pages_areNewestFirstWithoutOverlap() throws Exception {
        appendNumbered(7);

        assertThat(numbers(page(3, 0, null))).containsExactly(6, 5, 4);
        assertThat(numbers(page(3, 3, null))).containsExactly(3, 2, 1);
        assertThat(numbers(page(3, 6, null))).containsExactly(0);
        assertThat(page(3, 99, null).events()).isEmpty();
        assertThat(page(3, Long.MAX_VALUE, null).total()).isEqualTo(7);
    }

    @Test
    void query_oneType_countsAndPagesThatTypeOnly() throws Exception {
        append(event(mesh, "a"), event(mesh, "b"), event(mesh, "a"), event(mesh, "a"));

        assertThat(page(2, 0, "a").total()).isEqualTo(3);
        assertThat(page(2, 2, "a").events()).hasSize(1);
        assertThat(page(2, 0, "A").total()).isZero();
    }

    @Test
    void query_sends_countsAndPagesThemOnly() throws Exception {
        append(event(mesh, "message_sent"), event(mesh, "a"), event(mesh, "message_sent"), event(mesh, "a"));

        AuditPage newest = page(1, 0, "message_sent");
        AuditPage oldest = page(1, 1, "message_sent");

        assertThat(newest.total()).isEqualTo(2);
        assertThat(newest.events().get(0).id()).isEqualTo(id(3));
        assertThat(oldest.events().get(0).id()).isEqualTo(id(1));
        assertThat(new AuditReader(database)
                        .query(mesh + "-other", 1, 0, "message_sent")
                        .total())
                .isZero();
    }

    @Test
    void record_meshIsDeleted_stays() throws Exception {
        tamper("INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)"
                + " VALUES ('%s', 'm', '%s', repeat('0', 64), '', '', now())".formatted(mesh, mesh));
        appendNumbered(2);

        tamper("DELETE FROM mesh.mesh WHERE id = '%s'".formatted(mesh));

        assertThat(verify(mesh)).isEqualTo(new AuditVerdict(true, 2, null));
    }

    @Test
    void query_otherMesh_seesNothing() throws Exception {
        appendNumbered(3);

        assertThat(new AuditReader(database).query(mesh + "-other", 10, 0, null).events())
                .isEmpty();
    }

    private static AuditEvent event(String meshId, String type) {
        return AuditEvent.of(meshId, type, "member-1", "Ann", Map.of("pubkey", "ab", "groups", List.of("x")), NOON);
    }

    private AuditEvent numbered(int n) {
        return AuditEvent.of(mesh, "numbered", null, null, Map.of("n", n), NOON.plusMillis(n));
    }

    private void appendNumbered(int count) throws SQLException {
        append(IntStream.range(0, count).mapToObj(this::numbered).toArray(AuditEvent[]::new));
    }

    private void append(AuditEvent... events) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            store.append(connection, List.of(events));
            connection.commit();
        }
    }

    private static AuditVerdict verify(String meshId) throws SQLException {
        return new AuditVerifier(database).verify(meshId);
    }

    private AuditPage page(int rows, long skipped, String type) throws SQLException {
        return new AuditReader(database).query(mesh, rows, skipped, type);
    }

    private List<String> types(String meshId) throws SQLException {
        return new AuditReader(database)
                .query(meshId, 100, 0, null).events().stream()
                        .map(RecordedEvent::eventType)
                        .toList();
    }

    private static List<Integer> numbers(AuditPage page) {
        return page.events().stream()
                .map(event -> event.payload().path("n").asInt())
                .toList();
    }

    private long id(int place) throws SQLException {
        List<RecordedEvent> events = page(100, 0, null).events();
        return events.get(events.size() - place).id();
    }

    /** Past the server, as the superuser, whom no right stops. */
    private static void tamper(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

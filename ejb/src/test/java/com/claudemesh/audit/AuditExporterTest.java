package com.claudemesh.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.audit.AuditChain;
import com.claudemesh.protocol.crypto.audit.AuditEntry;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditExporterTest {
    private static final int ROWS = 10_000;
    private static final int BATCH = 500;
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123Z");
    private static DataSource database;

    @BeforeAll
    static void record() {
        database = TestDatabase.fresh();
        Transactions transactions = new Transactions(database);
        AuditChainStore store = new AuditChainStore();
        for (int from = 0; from < ROWS; from += BATCH) {
            List<AuditEvent> events = IntStream.range(from, from + BATCH)
                    .mapToObj(i -> AuditEvent.of(
                            "long",
                            "message_sent",
                            "member",
                            "Ada \u4e16",
                            Map.of("targetSpec", "*", "priority", "next", "n", i),
                            NOON.plusMillis(i)))
                    .toList();
            transactions.execute(connection -> store.append(connection, events));
        }
    }

    @Test
    void export_lines_verifyWithoutTheServer() throws Exception {
        List<JsonNode> lines = lines("long");

        AuditChain chain = new AuditChain();
        for (JsonNode line : lines.subList(0, ROWS)) {
            AuditEntry entry = new AuditEntry(
                    line.path("meshId").asText(),
                    line.path("eventType").asText(),
                    line.path("actorMemberId").textValue(),
                    line.path("payload"),
                    line.path("createdAt").asText());
            assertThat(chain.accept(
                            entry,
                            line.path("prevHash").asText(),
                            line.path("hash").asText()))
                    .isTrue();
        }
        JsonNode head = lines.get(ROWS).path("head");
        assertThat(lines).hasSize(ROWS + 1);
        assertThat(head.path("entries").asInt()).isEqualTo(ROWS);
        assertThat(head.path("hash").asText()).isEqualTo(chain.head());
    }

    @Test
    void export_meshWithoutEvents_isItsHeadOnly() throws Exception {
        assertThat(lines("none").toString()).isEqualTo("[{\"head\":{\"entries\":0,\"hash\":\"genesis\"}}]");
    }

    @Test
    void export_readerThatIsGone_givesTheConnectionBack() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThat(catchThrowable(() -> new AuditExporter(database).export("long", broken)))
                .hasMessage("gone");

        assertThat(lines("long")).hasSize(ROWS + 1);
    }

    /** The best of some runs: what the code needs, whatever else the machine does. */
    @Test
    void verify_tenThousandRows_takesLessThanASecond() throws Exception {
        Duration best = Duration.ofDays(1);
        for (int run = 0; run < 8; run++) {
            long start = System.nanoTime();
            assertThat(new AuditVerifier(database).verify("long")).isEqualTo(new AuditVerdict(true, ROWS, null));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
        }

        assertThat(best).isLessThan(Duration.ofSeconds(1));
    }

    private static List<JsonNode> lines(String meshId) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AuditExporter(database).export(meshId, out);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }
}

package com.claudemesh.bench.ceiling;

import com.claudemesh.bench.figures.Rounded;
import com.claudemesh.bench.server.ServerState;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Inserts as the server's journal does them, without the server: a message row and a delivery row for each message, as wide
 * as the real ones and with as many indexes, many messages per commit, one statement per table. In tables of its own, which
 * it drops.
 */
public final class InsertCeiling {
    private static final String TABLES = """
            DROP SCHEMA IF EXISTS bench CASCADE;
            CREATE SCHEMA bench;
            CREATE TABLE bench.message (
                seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, mesh_id text NOT NULL,
                sender text NOT NULL, sender_key text NOT NULL, target text NOT NULL, nonce bytea NOT NULL,
                ciphertext bytea NOT NULL, client_id text, created_at timestamptz NOT NULL DEFAULT now(),
                expires_at timestamptz NOT NULL DEFAULT now() + interval '7 days');
            CREATE UNIQUE INDEX ON bench.message (mesh_id, sender, client_id) WHERE client_id IS NOT NULL;
            CREATE INDEX ON bench.message (expires_at);
            CREATE INDEX ON bench.message (mesh_id);
            CREATE TABLE bench.delivery (
                message_seq bigint NOT NULL REFERENCES bench.message (seq) ON DELETE CASCADE, member_id text NOT NULL,
                state text NOT NULL, claimed_by text, claim_expires_at timestamptz, settled_at timestamptz,
                PRIMARY KEY (message_seq, member_id)) WITH (fillfactor = 80);
            CREATE INDEX ON bench.delivery (member_id, message_seq) WHERE settled_at IS NULL;
            CREATE INDEX ON bench.delivery (claimed_by) WHERE settled_at IS NULL AND claimed_by IS NOT NULL;
            CREATE INDEX ON bench.delivery (member_id);""";

    private static final String INSERT = """
            WITH fresh AS (
                INSERT INTO bench.message (id, mesh_id, sender, sender_key, target, nonce, ciphertext, client_id)
                SELECT id, ?, ?, ?, ?, ?, ?, id FROM unnest(?::text[]) AS t (id)
                RETURNING seq)
            INSERT INTO bench.delivery (message_seq, member_id, state, claimed_by, claim_expires_at)
            SELECT seq, ?, 'stored', 'node', now() FROM fresh""";

    private final ServerState server;
    private final int messagesPerCommit;
    private final byte[] ciphertext;
    private final AtomicLong nextId = new AtomicLong();

    public InsertCeiling(ServerState server, int messagesPerCommit, int ciphertextBytes) {
        this.server = server;
        this.messagesPerCommit = messagesPerCommit;
        this.ciphertext = new byte[ciphertextBytes];
    }

    /** Inserts from that many connections at once; blocks until all is committed. */
    public InsertFigures run(int writers, int commitsPerWriter) throws Exception {
        execute(TABLES);
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            long started = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                running.add(pool.submit(() -> write(commitsPerWriter)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            long nanos = System.nanoTime() - started;
            long messages = (long) writers * commitsPerWriter * messagesPerCommit;
            return new InsertFigures(
                    writers, messagesPerCommit, messages, Rounded.seconds(nanos), Rounded.perSecond(messages, nanos));
        } finally {
            pool.shutdownNow();
            execute("DROP SCHEMA IF EXISTS bench CASCADE");
        }
    }

    private Void write(int commits) throws IOException, SQLException {
        try (Connection connection = server.database();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            insert.setString(1, "0".repeat(32));
            insert.setString(2, "0".repeat(32));
            insert.setString(3, "0".repeat(64));
            insert.setString(4, "0".repeat(64));
            insert.setBytes(5, new byte[32]);
            insert.setBytes(6, ciphertext);
            insert.setString(8, "0".repeat(32));
            for (int i = 0; i < commits; i++) {
                Array ids = connection.createArrayOf("text", ids());
                insert.setArray(7, ids);
                insert.executeUpdate();
                connection.commit();
            }
        }
        return null;
    }

    private String[] ids() {
        String[] ids = new String[messagesPerCommit];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = String.format("%032d", nextId.getAndIncrement());
        }
        return ids;
    }

    private void execute(String sql) throws IOException, SQLException {
        try (Connection connection = server.database();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

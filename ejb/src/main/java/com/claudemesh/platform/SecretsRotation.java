package com.claudemesh.platform;

import com.claudemesh.protocol.crypto.AtRestCipher;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts everything at rest with the current key that was encrypted with an earlier one. Row by row in small transactions:
 * the server goes on working, several nodes may run it at once, and it can be repeated. Blocking; safe for any thread.
 */
public final class SecretsRotation {
    private static final Logger LOG = System.getLogger(SecretsRotation.class.getName());
    private static final int BATCH = 100;

    private final Transactions transactions;
    private final AtRestCipher atRest;
    private final List<EncryptedColumn> columns;

    public SecretsRotation(Transactions transactions, AtRestCipher atRest, List<EncryptedColumn> columns) {
        this.transactions = transactions;
        this.atRest = atRest;
        this.columns = List.copyOf(columns);
    }

    /**
     * What was done.
     *
     * @param keyId of the key that everything rotated is encrypted with now
     * @param unreadable values that no known key opens; they stay as they are
     */
    public record Result(String keyId, long rotated, long unreadable) {}

    public Result run() {
        long rotated = 0;
        long unreadable = 0;
        for (EncryptedColumn column : columns) {
            Batch batch = new Batch("", 0, 0);
            do {
                String after = batch.lastId();
                batch = transactions.run(connection -> rotate(connection, column, after));
                rotated += batch.rotated();
                unreadable += batch.unreadable();
            } while (!batch.lastId().isEmpty());
        }
        LOG.log(
                Level.INFO,
                "event=secrets_rotated key=" + atRest.keyId() + " rotated=" + rotated + " unreadable=" + unreadable);
        return new Result(atRest.keyId(), rotated, unreadable);
    }

    /** @param lastId empty when there are no more rows */
    private record Batch(String lastId, long rotated, long unreadable) {}

    private record Value(String id, String stored) {}

    private Batch rotate(Connection connection, EncryptedColumn column, String afterId) throws SQLException {
        List<Value> values = Sql.list(
                connection,
                "SELECT %1$s, %2$s FROM %3$s WHERE %1$s > ? AND %2$s IS NOT NULL ORDER BY %1$s LIMIT ? FOR NO KEY UPDATE"
                        .formatted(column.idColumn(), column.column(), column.table()),
                row -> new Value(row.getString(1), row.getString(2)),
                afterId,
                BATCH);
        long rotated = 0;
        long unreadable = 0;
        for (Value value : values) {
            if (atRest.isCurrent(value.stored())) {
                continue;
            }
            String place = column.place() + "|" + value.id();
            Optional<String> secret = atRest.decrypt(value.stored(), place);
            if (secret.isEmpty()) {
                unreadable++;
                LOG.log(Level.ERROR, "event=secret_unreadable table=" + column.table() + " id=" + value.id());
                continue;
            }
            Sql.update(
                    connection,
                    "UPDATE %s SET %s = ? WHERE %s = ?".formatted(column.table(), column.column(), column.idColumn()),
                    atRest.encrypt(secret.get(), place),
                    value.id());
            rotated++;
        }
        String lastId = values.size() < BATCH ? "" : values.get(BATCH - 1).id();
        return new Batch(lastId, rotated, unreadable);
    }
}

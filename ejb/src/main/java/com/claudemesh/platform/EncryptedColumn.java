package com.claudemesh.platform;

/**
 * Where a component keeps values that are encrypted at rest. Every component that has such a column is to make one of these
 * for injection, so that a change of the key finds it. Names are constants of the code, never input.
 *
 * @param table with its schema
 * @param idColumn primary key, a text
 * @param column the encrypted value; null where there is none (any more)
 * @param place what comes before {@code |<id>} in the place that values are bound to
 */
public record EncryptedColumn(String table, String idColumn, String column, String place) {}

package com.claudemesh.messaging;

import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerRegistry;
import com.claudemesh.presence.WireTime;
import com.claudemesh.protocol.error.ErrorCode;
import com.claudemesh.protocol.frame.DeadLetters;
import com.claudemesh.protocol.frame.DeliveryState;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.claudemesh.protocol.frame.MessageStatusResult;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.ServerFrame;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers what became of messages. Blocking; safe for any thread but a socket thread. */
final class ReceiptDesk {
    private static final Pattern ID_OR_PREFIX = Pattern.compile("[0-9A-Za-z]{8,32}");
    private static final int MAX_RECIPIENTS = 1_000;

    private final DataSource database;
    private final ReceiptStore store;
    private final PeerRegistry registry;

    ReceiptDesk(DataSource database, ReceiptStore store, PeerRegistry registry) {
        this.database = database;
        this.store = store;
        this.registry = registry;
    }

    ServerFrame status(String meshId, String idOrPrefix) throws SQLException {
        if (!ID_OR_PREFIX.matcher(idOrPrefix).matches()) {
            return ErrorFrame.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "messageId: must be 8 to 32 letters and digits, a whole id or its start");
        }
        try (Connection connection = database.getConnection()) {
            List<ReceiptStore.Found> found = store.find(connection, meshId, idOrPrefix);
            if (found.isEmpty()) {
                return noSuchMessage();
            }
            if (found.size() > 1) {
                return ErrorFrame.of(
                        ErrorCode.AMBIGUOUS_PREFIX, "messageId: several messages start like this, give more of it");
            }
            return status(connection, meshId, found.get(0));
        }
    }

    static ErrorFrame noSuchMessage() {
        return ErrorFrame.of(ErrorCode.NOT_FOUND, "messageId: no such message in this mesh");
    }

    private MessageStatusResult status(Connection connection, String meshId, ReceiptStore.Found message)
            throws SQLException {
        List<ReceiptStore.CopyRow> copies = store.copies(connection, message.seq(), MAX_RECIPIENTS);
        int more = copies.size() < MAX_RECIPIENTS ? 0 : store.countCopies(connection, message.seq()) - copies.size();
        // Undelivered copies are listed first, so the listed ones decide.
        boolean delivered = !copies.isEmpty() && copies.stream().allMatch(ReceiptDesk::arrived);
        Instant last = copies.stream()
                .map(ReceiptStore.CopyRow::settledAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new MessageStatusResult(
                message.id(),
                message.targetSpec(),
                delivered,
                delivered ? text(last) : null,
                copies.stream().map(copy -> recipient(meshId, copy)).toList(),
                message.clientMessageId(),
                text(message.createdAt()),
                text(message.expiresAt()),
                more == 0 ? null : more);
    }

    private static boolean arrived(ReceiptStore.CopyRow copy) {
        return copy.settledAt() != null
                && (copy.state() == DeliveryState.SENT || copy.state() == DeliveryState.RECEIVED);
    }

    private MessageStatusResult.Recipient recipient(String meshId, ReceiptStore.CopyRow copy) {
        List<Peer> online = registry.peersOfMember(meshId, copy.memberId()).stream()
                .filter(Peer::receivesMessages)
                .toList();
        boolean busy = copy.state() == DeliveryState.STORED
                && !online.isEmpty()
                && online.stream().noneMatch(peer -> peer.accepts(Priority.fromWire(copy.priority())));
        String status = arrived(copy) ? "delivered" : online.isEmpty() ? "disconnected" : "held";
        Instant at = copy.settledAt() == null ? copy.sentAt() : copy.settledAt();
        return new MessageStatusResult.Recipient(
                copy.memberName(),
                copy.sessionKey() == null ? copy.memberKey() : copy.sessionKey(),
                status,
                busy ? DeliveryState.HELD : copy.state(),
                copy.failure(),
                text(at));
    }

    ServerFrame deadLetters(String meshId, ListDeadLetters request) throws SQLException {
        ReceiptStore.DeadCursor after;
        try {
            after = request.cursor() == null ? null : cursor(request.cursor());
        } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return ErrorFrame.of(ErrorCode.INVALID_ARGUMENT, "cursor: is not the nextCursor of an earlier answer");
        }
        try (Connection connection = database.getConnection()) {
            List<ReceiptStore.DeadRow> rows = store.dead(connection, meshId, after, request.limit() + 1);
            boolean more = rows.size() > request.limit();
            List<ReceiptStore.DeadRow> page = more ? rows.subList(0, request.limit()) : rows;
            return new DeadLetters(
                    page.stream().map(ReceiptDesk::letter).toList(), more ? cursor(page.get(page.size() - 1)) : null);
        }
    }

    private static String cursor(ReceiptStore.DeadRow row) {
        return row.settledAt() + "_" + row.seq() + "_" + row.recipientId();
    }

    private static ReceiptStore.DeadCursor cursor(String text) {
        String[] parts = text.split("_", 3);
        return new ReceiptStore.DeadCursor(Instant.parse(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }

    private static DeadLetters.Letter letter(ReceiptStore.DeadRow row) {
        return new DeadLetters.Letter(
                row.messageId(),
                row.senderName(),
                row.senderKey(),
                row.recipientName(),
                row.recipientKey(),
                row.targetSpec(),
                row.state(),
                row.failure(),
                WireTime.text(row.createdAt()),
                WireTime.text(row.settledAt()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : WireTime.text(time);
    }
}

package com.claudemesh.presence;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the coming and going of peers into the audit record, in the transaction that changes their rows. */
final class PresenceAudit {
    private static final AuditChainStore CHAINS = new AuditChainStore();

    private PresenceAudit() {}

    /** @param restored the member had left something behind */
    static void joined(Connection connection, Peer peer, boolean restored, Instant now) throws SQLException {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("pubkey", peer.identity().memberPublicKey());
        if (peer.identity().sessionPublicKey() != null) {
            payload.put("session_pubkey", peer.identity().sessionPublicKey());
        }
        payload.put("groups", peer.groups());
        payload.put("restored", restored);
        payload.put("role", peer.controlPlane() ? "control-plane" : "session");
        payload.put("via", peer.origin().sessionConnection() ? "session_hello" : "hello");
        append(connection, peer, "peer_joined", payload, now);
    }

    static void left(Connection connection, Peer peer, Instant now) throws SQLException {
        append(connection, peer, "peer_left", Map.of(), now);
    }

    private static void append(Connection connection, Peer peer, String type, Map<String, ?> payload, Instant now)
            throws SQLException {
        CHAINS.append(
                connection,
                List.of(AuditEvent.of(
                        peer.meshId(), type, peer.memberId(), peer.identity().displayName(), payload, now)));
    }

    /**
     * Runs a statement that ends rows and returns their {@code mesh_id, member_id, display_name}, and records that those
     * peers are gone; when they went is not known.
     */
    static void abandoned(Connection connection, PreparedStatement ending, Instant now) throws SQLException {
        Map<String, Object> payload = new TreeMap<>(Map.of("abandoned", true));
        List<AuditEvent> events = new ArrayList<>();
        try (ResultSet row = ending.executeQuery()) {
            while (row.next()) {
                events.add(
                        AuditEvent.of(row.getString(1), "peer_left", row.getString(2), row.getString(3), payload, now));
            }
        }
        CHAINS.append(connection, events);
    }
}

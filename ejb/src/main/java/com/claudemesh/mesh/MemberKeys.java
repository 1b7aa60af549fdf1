package com.claudemesh.mesh;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.audit.AuditEvent;
import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.Curve25519Keys;
import com.claudemesh.protocol.crypto.HelloVerifier;
import com.claudemesh.protocol.crypto.MemberKeyText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.encoding.Hex;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door to the keys of members that live in a browser, where a key is lost with the browser's data (http §5.6). Whoever has
 * connected over WebSocket keeps its key: others know it by that. The sealed topic keys of the old key are dropped in the same
 * transaction, by the database. Blocking; safe for any thread.
 */
public final class MemberKeys {
    private final Transactions transactions;
    private final AuditChainStore chains;
    private final Clock clock;
    private final Consumer<String> changed;

    /** @param changed is told the id of a mesh after a change of a member was committed */
    public MemberKeys(Transactions transactions, AuditChainStore chains, Clock clock, Consumer<String> changed) {
        this.transactions = transactions;
        this.chains = chains;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * A key, and the proof that whoever names it holds it.
     *
     * @param publicKey ed25519, 64 hexadecimal digits
     * @param timestampMillis at most a minute off
     * @param signature of {@link MemberKeyText}, by that key, 128 hexadecimal digits
     */
    public record Proof(String publicKey, long timestampMillis, String signature) {}

    /** Puts a key in the place of the member's. */
    public KeyReplacement replace(String meshId, String memberId, Proof proof) {
        String key = proof.publicKey().toLowerCase(Locale.ROOT);
        Optional<KeyReplacement> refused = refuse(meshId, memberId, key, proof);
        if (refused.isPresent()) {
            return refused.get();
        }
        KeyReplacement outcome = transactions.run(connection -> replace(connection, meshId, memberId, key));
        if (outcome instanceof KeyReplacement.Done done && done.changed()) {
            changed.accept(meshId);
        }
        return outcome;
    }

    private Optional<KeyReplacement> refuse(String meshId, String memberId, String key, Proof proof) {
        if (!Hex.isKey(key) || !Curve25519Keys.isConvertible(key)) {
            return Optional.of(new KeyReplacement.Invalid(
                    "pubkey", "must be an ed25519 key, in 64 hexadecimal digits, that can be converted to x25519"));
        }
        if (Math.abs(clock.millis() - proof.timestampMillis()) > HelloVerifier.MAX_SKEW_MILLIS) {
            return Optional.of(new KeyReplacement.Invalid(
                    "timestamp", "must be the time, at most " + HelloVerifier.MAX_SKEW_MILLIS + " ms off"));
        }
        String text = MemberKeyText.canonical(meshId, memberId, key, proof.timestampMillis());
        return Hex.isSignature(proof.signature()) && Signatures.verify(text, proof.signature(), key)
                ? Optional.empty()
                : Optional.of(new KeyReplacement.Invalid("signature", "must be made by that key, of: " + text));
    }

    private record Current(
            String publicKey, String displayName, @Nullable String accountId, boolean hasConnected) {}

    private KeyReplacement replace(Connection connection, String meshId, String memberId, String key)
            throws SQLException {
        EnrolmentStore.serializeJoins(connection, meshId);
        Optional<Current> found = Sql.first(
                connection,
                """
                SELECT peer_pubkey, display_name, account_id, has_connected FROM mesh.member
                WHERE mesh_id = ? AND id = ? AND left_at IS NULL AND revoked_at IS NULL FOR UPDATE""",
                row -> new Current(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
                meshId,
                memberId);
        if (found.isEmpty()) {
            return new KeyReplacement.NotFound();
        }
        Current member = found.get();
        if (member.publicKey().equals(key)) {
            return new KeyReplacement.Done(key, false);
        }
        if (member.accountId() == null) {
            return new KeyReplacement.NotInABrowser("the member belongs to no account");
        }
        if (member.hasConnected()) {
            return new KeyReplacement.NotInABrowser("the member has connected with the key that it has");
        }
        if (EnrolmentStore.find(connection, meshId, key).isPresent()) {
            return new KeyReplacement.Taken();
        }
        Sql.update(connection, "UPDATE mesh.member SET peer_pubkey = ?, keyless = false WHERE id = ?", key, memberId);
        chains.append(
                connection,
                List.of(AuditEvent.of(
                        meshId,
                        "member_key_changed",
                        memberId,
                        member.displayName(),
                        Map.of("pubkey", key, "formerPubkey", member.publicKey()),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        return new KeyReplacement.Done(key, true);
    }
}

package com.claudemesh.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.platform.Sql;
import com.claudemesh.platform.Transactions;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.testing.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a server from before the history of keys has left behind. */
class TopicKeyHistoryMigrationTest {
    private final DataSource database = TestDatabase.ofVersion("12");
    private final Transactions transactions = new Transactions(database);
    private final SigningKeyPair alice = SigningKeyPair.generate();
    private final SigningKeyPair bob = SigningKeyPair.generate();
    private final SigningKeyPair carol = SigningKeyPair.generate();
    private final BoxKeyPair once = BoxKeyPair.generate();

    private void execute(String sql, Object... parameters) {
        transactions.execute(connection -> Sql.update(connection, sql, parameters));
    }

    private List<String> rows(String sql) {
        return transactions.run(connection -> Sql.list(connection, sql, row -> row.getString(1)));
    }

    private void member(String id, SigningKeyPair pair) {
        execute("""
                INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at)
                VALUES (?, 'mesh', ?, ?, 'member', now())""", id, pair.publicHex(), id);
    }

    private void copy(String memberId, SigningKeyPair of, int epoch, BoxKeyPair by, String sealer, String sealerKey) {
        Sealed sealed = TopicKeys.seal(TopicKeys.generate(), of.publicHex(), by);
        execute("""
                INSERT INTO mesh.topic_member_key (topic_id, member_id, key_epoch, encrypted_key, nonce, member_pubkey,
                    sealed_by_member_id, sealed_by_pubkey, created_at)
                VALUES ('topic', ?, ?, ?, ?, ?, ?, ?, clock_timestamp())""", memberId, epoch, sealed.ciphertext(), sealed.nonce(), of.publicHex(), sealer, sealerKey);
    }

    /** Alice made a topic, bob got her key, gave it to carol and was banned; alice made the next key. */
    private void leaveBehind() {
        execute("""
                INSERT INTO mesh.mesh (id, slug, name, owner_pubkey, owner_secret_enc, root_key_enc, created_at)
                VALUES ('mesh', 'mesh', 'Mesh', ?, 'x', 'x', now())""", alice.publicHex());
        member("alice", alice);
        member("bob", bob);
        member("carol", carol);
        execute("""
                INSERT INTO mesh.topic (id, mesh_id, name, visibility, created_by_member_id, encrypted_key_pubkey, key_epoch,
                    created_at)
                VALUES ('topic', 'mesh', 'ops', 'private', 'alice', ?, 2, now())""", alice.publicHex());
        execute("""
                INSERT INTO mesh.topic_member (topic_id, member_id, joined_at)
                VALUES ('topic', 'alice', now()), ('topic', 'bob', now()), ('topic', 'carol', now())""");
        BoxKeyPair ofAlice = BoxKeyPair.ofIdentity(alice.secretHex());
        copy("alice", alice, 1, once, null, null);
        copy("bob", bob, 1, ofAlice, "alice", alice.publicHex());
        copy("carol", carol, 1, BoxKeyPair.ofIdentity(bob.secretHex()), "bob", bob.publicHex());
        execute("UPDATE mesh.member SET revoked_at = now() WHERE id = 'bob'");
        copy("alice", alice, 2, ofAlice, "alice", alice.publicHex());
    }

    @Test
    void epochs_areWhatTheirFirstCopiesWereSealedWith() {
        leaveBehind();

        TestDatabase.migrate(database);

        assertThat(rows("SELECT public_key FROM mesh.topic_key_epoch WHERE topic_id = 'topic' ORDER BY key_epoch"))
                .containsExactly(once.publicHex(), alice.publicHex());
    }

    @Test
    void history_hasWhoIsThereAndWhoSealedAndIsGone() {
        leaveBehind();

        TestDatabase.migrate(database);

        assertThat(rows("""
                        SELECT member_id || ' ' || first_epoch || ' ' || coalesce(last_epoch::text, 'still')
                        FROM mesh.topic_member_history WHERE topic_id = 'topic' ORDER BY member_id""")).containsExactly("alice 1 still", "bob 1 1", "carol 1 still");
        assertThat(
                        rows(
                                "SELECT member_pubkey FROM mesh.topic_member_history WHERE member_id = 'bob' AND topic_id = 'topic'"))
                .containsExactly(bob.publicHex());
    }

    @Test
    void afterIt_comingAndGoingIsWrittenDown() {
        leaveBehind();
        TestDatabase.migrate(database);

        execute("DELETE FROM mesh.topic_member WHERE topic_id = 'topic' AND member_id = 'carol'");
        execute("INSERT INTO mesh.topic_member (topic_id, member_id, joined_at) VALUES ('topic', 'carol', now())");

        assertThat(rows("""
                        SELECT first_epoch || ' ' || coalesce(last_epoch::text, 'still')
                        FROM mesh.topic_member_history WHERE topic_id = 'topic' AND member_id = 'carol' ORDER BY id""")).containsExactly("1 2", "2 still");
    }
}

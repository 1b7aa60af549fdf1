package com.claudemesh.topic;

import static com.claudemesh.topic.TopicWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.MeshSecrets;
import com.claudemesh.mesh.TestMeshes;
import com.claudemesh.platform.Sql;
import com.claudemesh.protocol.crypto.BoxKeyPair;
import com.claudemesh.protocol.crypto.CryptoBox;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.TopicKeys;
import com.claudemesh.protocol.crypto.TopicMessage;
import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Base64Text;
import com.claudemesh.protocol.encoding.Hex;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has the whole database, and the key that encrypts secrets at rest, cannot read a topic. */
class StolenDatabaseTest {
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9+/=_-]+");

    private TopicWorld world;
    private TopicCaller alice;
    private byte[] topicKey;
    private Sealed body;
    /** Sealed keys of the topic with their nonces. */
    private List<String[]> copies;

    @BeforeEach
    void post() {
        world = new TopicWorld(new TestMeshes(TestDatabase.freshPooled()), Map.of());
        alice = world.member("alice");
        TopicCaller bob = world.member("bob");
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        SealedKey copy = ((KeyOutcome.Copy) world.desk.key(alice, "secret", null)).key();
        topicKey = TopicKeys.open(
                        new Sealed(copy.nonce(), copy.encryptedKey()),
                        world.keyOf(alice).secretHex(),
                        null)
                .orElseThrow()
                .key();
        Sealed forBob = TopicKeys.seal(
                topicKey,
                world.keyOf(bob).publicHex(),
                BoxKeyPair.ofIdentity(world.keyOf(alice).secretHex()));
        world.desk.seal(alice, "secret", bob.memberId(), forBob.ciphertext(), forBob.nonce(), null);
        body = TopicMessage.encrypt("nobody but us", topicKey);
        PostOutcome outcome = TopicWorld.answer(world.posts.post(
                alice,
                new NewPost(
                        "secret", Priority.NOW, body.nonce(), body.ciphertext(), List.of(), 2, 1, null, null, null)));
        assertThat(outcome).isInstanceOf(PostOutcome.Posted.class);
        copies = world.meshes.transactions.run(connection -> Sql.list(
                connection, """
                SELECT k.encrypted_key, k.nonce FROM mesh.topic_member_key k JOIN mesh.topic t ON t.id = k.topic_id
                WHERE t.mesh_id = ? AND t.name = 'secret'""", row -> new String[] {row.getString(1), row.getString(2)}, world.mesh.meshId()));
        assertThat(copies).hasSize(2);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everythingInTheDatabase_doesNotOpenAPost() {
        Set<String> stolen = dump();
        assertThat(stolen).contains(body.ciphertext());

        assertThat(opens(stolen)).isFalse();
    }

    /** The attack works: with the key, or with a member's secret, anywhere in the database it does open the post. */
    @Test
    void aKeyThatWasKept_wouldBeFound() {
        for (String leak : List.of(
                Hex.encode(topicKey),
                Base64Text.encode(topicKey),
                "{\"key\":\"" + Base64Text.encodeUrl(topicKey) + "\"}",
                world.keyOf(alice).secretHex())) {
            world.meshes.execute(
                    "UPDATE mesh.topic SET description = ? WHERE mesh_id = ? AND name = 'secret'",
                    leak,
                    world.mesh.meshId());

            assertThat(opens(dump())).as(leak).isTrue();
        }
    }

    /** Every value of every column as text, bytes as hex and as the text that they may be, and what the server can decrypt. */
    private Set<String> dump() {
        Set<String> values = new LinkedHashSet<>();
        world.meshes.transactions.execute(connection -> {
            for (Column column : columns(connection)) {
                List<String> found = Sql.list(connection, column.everyValue(), row -> row.getString(1));
                values.addAll(found);
                if (column.bytes()) {
                    found.forEach(hex -> values.add(new String(Hex.decode(hex), StandardCharsets.UTF_8)));
                }
            }
        });
        MeshSecrets secrets = world.meshes.meshes.secrets(world.mesh.meshId());
        values.add(secrets.ownerSecretKey());
        values.add(secrets.rootKey());
        return values;
    }

    private record Column(String schema, String table, String name, boolean bytes) {
        String everyValue() {
            String value = bytes ? "encode(\"" + name + "\", 'hex')" : "\"" + name + "\"::text";
            return "SELECT DISTINCT " + value + " FROM \"" + schema + "\".\"" + table + "\" WHERE \"" + name
                    + "\" IS NOT NULL";
        }
    }

    private static List<Column> columns(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                """
                SELECT c.table_schema, c.table_name, c.column_name, c.data_type = 'bytea'
                FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')""",
                row -> new Column(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
    }

    private boolean opens(Set<String> stolen) {
        Set<Key> keys = new LinkedHashSet<>();
        for (String value : stolen) {
            for (String word : SEPARATORS.split(value)) {
                decodings(word).forEach(bytes -> addWindows(bytes, keys));
            }
        }
        for (Key key : keys) {
            if (decrypts(key.bytes()) || key.whole() && opensACopy(key.bytes())) {
                return true;
            }
        }
        return false;
    }

    private record Key(String hex, boolean whole) {
        byte[] bytes() {
            return Hex.decode(hex);
        }
    }

    private static List<byte[]> decodings(String word) {
        List<byte[]> all = new ArrayList<>();
        for (Function<String, byte[]> decoding :
                List.<Function<String, byte[]>>of(Hex::decode, Base64Text::decode, Base64Text::decodeUrl)) {
            try {
                all.add(decoding.apply(word));
            } catch (IllegalArgumentException e) {
                // Not written like that.
            }
        }
        return all;
    }

    /** Every 32 bytes in a row; those at the ends may also be secret keys. */
    private static void addWindows(byte[] bytes, Set<Key> keys) {
        for (int i = 0; i + 32 <= Math.min(bytes.length, 256); i++) {
            boolean whole = i == 0 || i + 32 == bytes.length;
            keys.add(new Key(Hex.encode(Arrays.copyOfRange(bytes, i, i + 32)), whole));
        }
    }

    private boolean decrypts(byte[] key) {
        return TopicMessage.decrypt(body, key).isPresent();
    }

    /** The key as somebody's x25519 secret, or as the seed of its ed25519 key. */
    private boolean opensACopy(byte[] key) {
        byte[] converted = Arrays.copyOf(Digests.sha512(key), 32);
        for (byte[] secret : List.of(key, converted)) {
            for (String[] copy : copies) {
                byte[] sealed = Base64Text.decode(copy[0]);
                boolean opened = CryptoBox.open(
                                Arrays.copyOfRange(sealed, 32, 80),
                                Base64Text.decode(copy[1]),
                                Arrays.copyOf(sealed, 32),
                                secret)
                        .filter(this::decrypts)
                        .isPresent();
                if (opened) {
                    return true;
                }
            }
        }
        return false;
    }
}

package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.audit.AuditReader;
import com.claudemesh.audit.AuditVerifier;
import com.claudemesh.audit.RecordedEvent;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Wire protocol §2.23: who came and went. */
class PresenceAuditTest {
    private static DataSource database;

    private final PresenceWorld world = new PresenceWorld(database, "alice", "bob");

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @AfterEach
    void chainHolds() throws SQLException {
        assertThat(new AuditVerifier(database).verify(world.meshId).valid()).isTrue();
    }

    @Test
    void hello_firstOfAMember_isRecordedWithItsKeysAndGroups() throws Exception {
        String sessionKey = SigningKeyPair.generate().publicHex();
        world.member("alice")
                .sessionKey(sessionKey)
                .named("alice on mars")
                .groups(new GroupLabel("crew", "lead"))
                .connect();

        RecordedEvent event = events().get(0);
        assertThat(event.eventType()).isEqualTo("peer_joined");
        assertThat(event.actorMemberId()).isEqualTo(world.id("alice"));
        assertThat(event.actorDisplayName()).isEqualTo("alice on mars");
        assertThat(event.payload().path("pubkey").asText()).isEqualTo(world.key("alice"));
        assertThat(event.payload().path("session_pubkey").asText()).isEqualTo(sessionKey);
        assertThat(event.payload().path("groups").toString()).isEqualTo("[{\"name\":\"crew\",\"role\":\"lead\"}]");
        assertThat(event.payload().path("restored").asBoolean(true)).isFalse();
        assertThat(event.payload().path("via").asText()).isEqualTo("hello");
        assertThat(event.payload().path("role").asText()).isEqualTo("session");
    }

    @Test
    void hello_ofAMemberThatWasHere_isRecordedAsRestored() throws Exception {
        world.socketClosed(world.member("alice").connect().peer());
        world.member("alice").connect();

        assertThat(types()).containsExactly("peer_joined", "peer_left", "peer_joined");
        assertThat(events().get(0).payload().path("restored").asBoolean()).isTrue();
    }

    @Test
    void socketClosed_whileALeaseRuns_isRecordedOnceWhenTheLeaseIsOver() throws Exception {
        SigningKeyPair session = SigningKeyPair.generate();
        Peer first = world.member("alice").connectSession(session).peer();
        world.socketClosed(first);
        Peer again = world.member("alice").connectSession(session).peer();
        assertThat(types()).containsExactly("peer_joined");

        world.socketClosed(again);
        world.departure.endAllLeases();

        assertThat(types()).containsExactly("peer_left", "peer_joined");
        assertThat(events().get(0).payload().toString()).isEqualTo("{}");
    }

    @Test
    void ended_twice_isRecordedOnce() throws Exception {
        Peer peer = world.member("alice").connect().peer();

        world.departure.ended(peer);
        world.departure.ended(peer);

        assertThat(types()).containsExactly("peer_left", "peer_joined");
    }

    @Test
    void hello_sameSessionAgain_recordsTheEndOfTheReplacedConnection() throws Exception {
        world.member("alice").session("one").connect();
        world.member("alice").session("one").connect();

        assertThat(types()).containsExactly("peer_left", "peer_joined", "peer_joined");
    }

    @Test
    void serverDied_itsPeersAreRecordedAsAbandonedAtTheNextStart() throws Exception {
        world.member("alice").connect();
        world.member("bob").connect();

        world.store.endEarlierRun(world.clock.instant());

        assertThat(types()).containsExactly("peer_left", "peer_left", "peer_joined", "peer_joined");
        assertThat(events().get(0).payload().toString()).isEqualTo("{\"abandoned\":true}");
        assertThat(events().get(0).actorMemberId()).isEqualTo(world.id("bob"));
    }

    private List<RecordedEvent> events() throws SQLException {
        return new AuditReader(database).query(world.meshId, 100, 0, null).events();
    }

    private List<String> types() throws SQLException {
        return events().stream().map(RecordedEvent::eventType).toList();
    }
}

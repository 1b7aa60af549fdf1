package com.claudemesh.presence;

import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.protocol.crypto.HelloText;
import com.claudemesh.protocol.crypto.SessionAttestation;
import com.claudemesh.protocol.crypto.SessionHelloText;
import com.claudemesh.protocol.crypto.Signatures;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.protocol.frame.SessionHello;
import com.fasterxml.jackson.databind.node.LongNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Presence on a real database with a mesh and members of its own, put together as in the server, and driven by a test. */
final class PresenceWorld {
    static final int MAX_CONNECTIONS = 5;
    static final String NODE = "node-1";

    final MovingClock clock = new MovingClock();
    final PeerRegistry registry = new PeerRegistry();
    final PresenceObservers observers = new PresenceObservers();
    final String meshId = "mesh-" + UUID.randomUUID();
    final PresenceStore store;
    final NodeStore nodes;
    final SavedGroups groups;
    final Departure departure;
    final Admission admission;
    final PresenceService service;
    final StatusEngine statuses;
    final Announcer announcer;
    final PresenceUpkeep upkeep;

    private final DataSource database;
    private final Map<String, SigningKeyPair> keys = new HashMap<>();
    private final Map<String, MemberView> members = new HashMap<>();
    private final MeshDirectory directory;

    PresenceWorld(DataSource database, String... memberNames) {
        this.database = database;
        execute("INSERT INTO mesh.mesh (id, name, slug, owner_pubkey, owner_secret_enc, root_key_enc, created_at)"
                + " VALUES ('" + meshId + "', 'test', '" + meshId + "', '" + "0".repeat(64) + "', '', '', now())");
        for (String name : memberNames) {
            addMember(name);
        }
        MeshView mesh = new MeshView(
                meshId, meshId, "test", "", new HelloAck.SelfEditable(true, true, true, true), null, false);
        directory = new MeshDirectory(
                id -> id.equals(meshId)
                        ? Optional.of(new MeshDirectory.Snapshot(mesh, members.values()))
                        : Optional.empty(),
                clock);
        store = new PresenceStore(database, NODE);
        nodes = new NodeStore(database, NODE);
        PeerStateStore states = new PeerStateStore(database);
        groups = new SavedGroups(directory, states::savedGroups, clock::nanos);
        statuses = new StatusEngine(
                registry,
                observers,
                clock,
                new StatusEngine.Times(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(10)));
        announcer = new Announcer(registry, clock);
        departure = new Departure(
                registry, store, groups, announcer, new Leases(clock::nanos, Duration.ofSeconds(90)), observers, clock);
        admission = new Admission(
                directory,
                store,
                new Registration(registry, store, states, departure, statuses, clock, MAX_CONNECTIONS),
                (inMesh, member, key) -> false,
                clock);
        service = new PresenceService(statuses, store, observers, announcer, new RateLimiter(3, 60, clock::nanos));
        upkeep = new PresenceUpkeep(
                registry,
                store,
                nodes,
                statuses,
                groups,
                departure,
                clock,
                new PresenceUpkeep.Times(Duration.ofMinutes(10), Duration.ofDays(30)),
                Thread::new);
    }

    private void addMember(String name) {
        SigningKeyPair key = SigningKeyPair.generate();
        keys.put(name, key);
        String id = id(name);
        execute("INSERT INTO mesh.member (id, mesh_id, peer_pubkey, display_name, role, joined_at) VALUES ('" + id
                + "', '" + meshId + "', '" + key.publicHex() + "', '" + name + "', 'member', now())");
        members.put(
                name,
                new MemberView(
                        id,
                        meshId,
                        key.publicHex(),
                        name,
                        Role.MEMBER,
                        false,
                        null,
                        List.of(new GroupLabel("everyday", null)),
                        "push",
                        false,
                        Grants.NONE,
                        null,
                        false,
                        null));
    }

    String id(String member) {
        return meshId + "-" + member;
    }

    String key(String member) {
        return keys.get(member).publicHex();
    }

    /** What a hello says, with the usual for everything a test does not mind. */
    final class Says {
        private final String member;
        private String sessionId = UUID.randomUUID().toString();
        private @Nullable String sessionKey;
        private @Nullable String displayName;
        private @Nullable String channel;
        private @Nullable String cwd = "/project";
        private @Nullable List<GroupLabel> groups;
        private List<String> capabilities = List.of();

        private Says(String member) {
            this.member = member;
        }

        Says session(String id) {
            sessionId = id;
            return this;
        }

        Says sessionKey(String key) {
            sessionKey = key;
            return this;
        }

        Says named(String name) {
            displayName = name;
            return this;
        }

        Says channel(String name) {
            channel = name;
            return this;
        }

        Says cwd(@Nullable String folder) {
            cwd = folder;
            return this;
        }

        Says groups(GroupLabel... labels) {
            groups = List.of(labels);
            return this;
        }

        Says capable(String... what) {
            capabilities = List.of(what);
            return this;
        }

        HelloOutcome hello() {
            long now = clock.millis();
            SigningKeyPair key = keys.get(member);
            Hello hello = new Hello(
                    meshId,
                    id(member),
                    key.publicHex(),
                    LongNode.valueOf(now),
                    Signatures.sign(HelloText.canonical(meshId, id(member), key.publicHex(), now), key.secretHex()),
                    sessionId,
                    1L,
                    cwd,
                    sessionKey,
                    null,
                    displayName,
                    null,
                    channel,
                    null,
                    null,
                    groups,
                    1,
                    capabilities);
            return attempt(() -> admission.admit(hello, new RecordingChannel(), TestPeers.ADDRESS));
        }

        HelloOutcome sessionHello(SigningKeyPair session) {
            long now = clock.millis();
            long expiresAt = now + 3_600_000;
            SigningKeyPair key = keys.get(member);
            SessionAttestation attestation =
                    SessionAttestation.sign(key.publicHex(), session.publicHex(), expiresAt, key.secretHex());
            SessionHello hello = new SessionHello(
                    meshId,
                    id(member),
                    key.publicHex(),
                    session.publicHex(),
                    new SessionHello.Attestation(
                            session.publicHex(), key.publicHex(), LongNode.valueOf(expiresAt), attestation.signature()),
                    sessionId,
                    1L,
                    cwd,
                    LongNode.valueOf(now),
                    Signatures.sign(
                            SessionHelloText.canonical(meshId, key.publicHex(), session.publicHex(), now),
                            session.secretHex()),
                    displayName,
                    null,
                    channel,
                    null,
                    null,
                    groups,
                    null,
                    1,
                    capabilities);
            return attempt(() -> admission.admit(hello, new RecordingChannel(), TestPeers.ADDRESS));
        }

        /** A plain hello that is accepted, with everything that follows it. */
        HelloOutcome.Accepted connect() {
            return welcome(hello());
        }

        HelloOutcome.Accepted connectSession(SigningKeyPair session) {
            return welcome(sessionHello(session));
        }
    }

    Says member(String name) {
        return new Says(name);
    }

    /** What the socket layer does after an accepted hello, without the mail. */
    private HelloOutcome.Accepted welcome(HelloOutcome outcome) {
        if (!(outcome instanceof HelloOutcome.Accepted accepted)) {
            throw new AssertionError("refused: " + outcome);
        }
        accepted.replaced().forEach(departure::replaced);
        if (accepted.isNews()) {
            announcer.joined(accepted.peer(), accepted.returning());
        }
        return accepted;
    }

    /** What the socket layer does when a socket is closed, without the mail. */
    void socketClosed(Peer peer) {
        if (!departure.keepsPlace(peer)) {
            departure.ended(peer);
        }
    }

    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SQLException;
    }

    static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    void execute(String sql) {
        attempt(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    /** The first column of all rows. */
    List<String> query(String sql) {
        return attempt(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        });
    }
}

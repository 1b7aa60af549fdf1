package com.claudemesh.web.v1.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.Grants;
import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshView;
import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.frame.HelloAck;
import com.claudemesh.topic.TopicCaller;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicStreamsTest {
    private static final String KEY = "ab".repeat(32);

    private final Set<String> live = new HashSet<>(Set.of("one", "two"));
    private boolean revoked;
    private boolean databaseDown;
    private final MeshDirectory directory = new MeshDirectory(this::snapshot, Clock.systemUTC());
    private final FakeFeed feed = new FakeFeed();
    private final TopicStreams streams = new TopicStreams(
            new TopicStreams.Limits(2, 3, Duration.ofSeconds(30), 100_000),
            directory,
            this::liveAmong,
            Clock.systemUTC(),
            Runnable::run,
            Runnable::run);

    @Test
    void admit_moreThanAKeyMayHave_isRefused() {
        open("one");
        open("one");

        assertThat(streams.admit("one")).isEqualTo(TopicStreams.Admission.TOO_MANY_OF_KEY);
        assertThat(streams.admit("two")).isEqualTo(TopicStreams.Admission.ADMITTED);
    }

    @Test
    void admit_fullKeyWhoseReadersLeft_findsOutAndHasRoom() {
        open("one").breaks();
        open("one");

        assertThat(streams.admit("one")).isEqualTo(TopicStreams.Admission.TOO_MANY_OF_KEY);

        assertThat(streams.admit("one")).isEqualTo(TopicStreams.Admission.ADMITTED);
    }

    @Test
    void admit_moreThanTheNodeMayHave_isRefused() {
        open("one");
        open("one");
        open("two");

        assertThat(streams.admit("two")).isEqualTo(TopicStreams.Admission.TOO_MANY);
    }

    @Test
    void admit_afterAnEnd_hasThePlaceAgain() {
        FakeSink sink = open("one");
        open("one");
        sink.breaks();
        feed.post();

        assertThat(streams.admit("one")).isEqualTo(TopicStreams.Admission.ADMITTED);
        assertThat(streams.size()).isEqualTo(1);
    }

    @Test
    void check_revokedKey_endsItsStreamsOnly() {
        FakeSink ended = open("one");
        FakeSink stays = open("two");
        live.remove("one");

        streams.check();

        assertThat(ended.text()).contains("key_invalid");
        assertThat(ended.closes()).isEqualTo(1);
        assertThat(stays.closes()).isZero();
        assertThat(streams.size()).isEqualTo(1);
    }

    @Test
    void check_issuerIsNoMemberAnyMore_endsItsStreams() {
        FakeSink ended = open("one");
        revoked = true;
        directory.changed("mesh");

        streams.check();

        assertThat(ended.text()).contains("not_a_member");
        assertThat(ended.closes()).isEqualTo(1);
    }

    @Test
    void check_databaseAway_endsNothing() {
        FakeSink stays = open("one");
        databaseDown = true;

        streams.check();

        assertThat(stays.closes()).isZero();
    }

    @Test
    void close_endsEverythingAndAdmitsNothing() {
        FakeSink ended = open("one");

        streams.close();

        assertThat(ended.closes()).isEqualTo(1);
        assertThat(streams.size()).isZero();
        assertThat(streams.admit("two")).isEqualTo(TopicStreams.Admission.TOO_MANY);
    }

    private FakeSink open(String key) {
        assertThat(streams.admit(key)).isEqualTo(TopicStreams.Admission.ADMITTED);
        FakeSink sink = new FakeSink().takes(1_000);
        TopicStream stream =
                streams.open(new TopicStream.Subject(key, new TopicCaller("mesh", "alice"), feed, 0), sink);
        stream.start(new byte[] {'r'}, Clock.systemUTC().instant());
        stream.output().ready();
        return sink;
    }

    private Set<String> liveAmong(Set<String> keys) {
        if (databaseDown) {
            throw new IllegalStateException("the database is away");
        }
        Set<String> found = new HashSet<>(keys);
        found.retainAll(live);
        return found;
    }

    private Optional<MeshDirectory.Snapshot> snapshot(String meshId) {
        MemberView alice = new MemberView(
                "alice",
                meshId,
                KEY,
                "alice",
                Role.MEMBER,
                false,
                null,
                List.of(),
                "push",
                revoked,
                Grants.NONE,
                null,
                false,
                null);
        HelloAck.SelfEditable policy = new HelloAck.SelfEditable(true, true, true, true);
        return Optional.of(new MeshDirectory.Snapshot(
                new MeshView(meshId, meshId, "Mesh", KEY, policy, null, false), List.of(alice)));
    }
}

package com.claudemesh.topic;

import static com.claudemesh.topic.TopicWorld.body;
import static com.claudemesh.topic.TopicWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private TopicWorld world;
    private TopicCaller alice;
    private TopicCaller bob;

    @BeforeEach
    void start() {
        world = new TopicWorld(Map.of("CLAUDEMESH_TOPIC_MAX_NOTIFIED", "2"));
        alice = world.member("Alice");
        bob = world.member("Bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void plainBody_mentionsAMember_itIsNotifiedOnceAndTheSenderNever() {
        world.post(alice, "general", "@bob and @BOB and @alice: look");

        List<MentionNotice> notices = all(bob);

        assertThat(notices).singleElement().satisfies(notice -> {
            assertThat(notice.topicName()).isEqualTo("general");
            assertThat(notice.senderName()).isEqualTo("Alice");
            assertThat(notice.kind()).isEqualTo("mention");
            assertThat(notice.readAt()).isNull();
            assertThat(TopicWorld.text(notice.ciphertext())).startsWith("@bob");
        });
        assertThat(all(alice)).isEmpty();
    }

    @Test
    void clientsList_winsOverTheBodyAndWorksForWhatTheServerCannotRead() {
        world.topic(alice, "sealed", TopicVisibility.PUBLIC);

        TopicWorld.answer(world.posts.post(
                alice,
                new NewPost("sealed", Priority.NOW, "n", body("@alice"), List.of("bob"), 2, 1, null, null, null)));

        assertThat(all(bob))
                .singleElement()
                .satisfies(notice -> assertThat(notice.keyEpoch()).isEqualTo(1));
    }

    @Test
    void sealedBody_withoutAList_mentionsNobody() {
        world.topic(alice, "sealed", TopicVisibility.PUBLIC);

        TopicWorld.answer(world.posts.post(
                alice, new NewPost("sealed", Priority.NOW, "n", body("@bob"), null, 2, 1, null, null, null)));

        assertThat(all(bob)).isEmpty();
    }

    @Test
    void privateTopic_whoeverIsNotInIt_isNotNotified() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);

        world.post(alice, "secret", "about @bob");

        assertThat(all(bob)).isEmpty();
    }

    @Test
    void topicThatOneMayNotSeeAnyMore_itsMentionsAreGone() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        world.post(alice, "secret", "hello @bob");
        assertThat(all(bob)).hasSize(1);

        done(world.topics.leave(bob, "secret"));

        assertThat(all(bob)).isEmpty();
    }

    @Test
    void moreMembersOfANameThanMayBeNotified_theRestIsNot() {
        List<TopicCaller> twins = List.of(world.member("twin"), world.member("twin"), world.member("twin"));

        world.post(alice, "general", "@twin");

        assertThat(twins.stream().mapToInt(twin -> all(twin).size()).sum()).isEqualTo(2);
    }

    @Test
    void list_sinceAndUnread_leaveOutTheRest() {
        world.post(alice, "general", "@bob 1");
        world.meshes.clock.advance(Duration.ofHours(1));
        Instant between = world.meshes.clock.instant().minusSeconds(60);
        world.post(alice, "general", "@bob 2");
        String second = all(bob).get(0).notificationId();

        assertThat(world.notifications.list(bob, between, false))
                .extracting(MentionNotice::notificationId)
                .containsExactly(second);
        world.notifications.markRead(bob, List.of(second, "unknown"));
        assertThat(world.notifications.list(bob, Instant.EPOCH, true))
                .extracting(notice -> TopicWorld.text(notice.ciphertext()))
                .containsExactly("@bob 1");
        world.notifications.markAllRead(bob, world.meshes.clock.instant());
        assertThat(world.notifications.list(bob, Instant.EPOCH, true)).isEmpty();
        assertThat(all(bob)).hasSize(2);
    }

    @Test
    void markRead_ofSomebodyElses_changesNothing() {
        world.post(alice, "general", "@bob");

        world.notifications.markRead(alice, List.of(all(bob).get(0).notificationId()));

        assertThat(all(bob))
                .singleElement()
                .satisfies(notice -> assertThat(notice.readAt()).isNull());
    }

    @Test
    void list_neverHasMoreThanItsLimit() {
        for (int i = 0; i < Notifications.MAX_ROWS + 2; i++) {
            world.post(alice, "general", "@bob " + i);
        }

        assertThat(all(bob)).hasSize(Notifications.MAX_ROWS);
    }

    @Test
    void purge_deletesTheOldOnes() {
        world.post(alice, "general", "@bob");
        Instant later = world.meshes.clock.instant().plusSeconds(1);

        world.meshes.transactions.run(connection -> Notifications.purge(connection, later, 1_000));

        assertThat(all(bob)).isEmpty();
    }

    private List<MentionNotice> all(TopicCaller member) {
        return world.notifications.list(member, Instant.EPOCH, false);
    }
}

package com.claudemesh.topic;

import static com.claudemesh.topic.TopicWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.messaging.Message;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.protocol.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicFeedTest {
    private TopicWorld world;
    private TopicCaller alice;
    private TopicCaller bob;
    private TopicView topic;

    @BeforeEach
    void start() {
        world = new TopicWorld();
        alice = world.member("alice");
        bob = world.member("bob");
        topic = world.topic(alice, "deploys", TopicVisibility.PUBLIC);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void follow_newPosts_areToldInOrderOnce() {
        Listener listener = follow(bob, world.topics.lastSequence(topic));

        post(1, 50);

        assertThat(listener.texts(50)).isEqualTo(texts(1, 50));
        assertThat(listener.posts).isEmpty();
    }

    @Test
    void follow_fromAnEarlierPost_repeatsAndLeavesOutNothing() {
        post(1, 450);
        long third = done(world.topics.history(bob, "deploys", HistoryQuery.newest(200)))
                .posts()
                .get(199)
                .sequence();

        Listener listener = follow(bob, third);
        post(451, 460);

        assertThat(listener.texts(209)).isEqualTo(texts((int) third + 1, 460));
        assertThat(listener.posts).isEmpty();
    }

    @Test
    void follow_manyWhilePostsArrive_allSeeTheSame() {
        List<Listener> listeners = new ArrayList<>();
        Thread poster = new Thread(() -> post(1, 100));
        poster.start();
        for (int i = 0; i < 20; i++) {
            listeners.add(follow(bob, 0));
        }

        listeners.forEach(listener -> assertThat(listener.texts(100)).isEqualTo(texts(1, 100)));
    }

    @Test
    void follow_aThousandReaders_allSeeEveryPost() {
        List<Listener> listeners =
                IntStream.range(0, 1_000).mapToObj(i -> follow(bob, 0)).toList();

        post(1, 20);

        listeners.forEach(listener -> assertThat(listener.texts(20)).isEqualTo(texts(1, 20)));
        assertThat(world.feed.readers()).isEqualTo(1_000);
    }

    @Test
    void postOfAnotherNode_isFoundByThePoll() {
        Listener listener = follow(bob, 0);
        post(1, 1);
        assertThat(listener.texts(1)).containsExactly("1");

        elsewhere("2");

        assertThat(listener.texts(1)).containsExactly("2");
        post(3, 3);
        assertThat(listener.texts(1)).containsExactly("3");
    }

    private void elsewhere(String text) {
        Message.Sender sender =
                new Message.Sender(alice.memberId(), world.keyOf(alice).publicHex(), null, "elsewhere", "alice");
        Message message = new Message(
                Ids.next(),
                world.mesh.meshId(),
                sender,
                "#" + topic.id(),
                Priority.NOW,
                "",
                TopicWorld.body(text),
                new Message.Extras(
                        null,
                        null,
                        null,
                        null,
                        1,
                        new Message.Post(topic.id(), topic.name(), null, List.of(), List.of())),
                world.meshes.clock.instant(),
                world.meshes.clock.instant());
        world.meshes.transactions.run(connection -> TopicLog.append(connection, List.of(message)));
    }

    @Test
    void postsDeletedMeanwhile_areSkipped() {
        post(1, 5);
        world.meshes.execute("DELETE FROM mesh.topic_message WHERE topic_id = ? AND sequence <= 3", topic.id());

        assertThat(follow(bob, 0).texts(2)).containsExactly("4", "5");
    }

    @Test
    void everythingDeletedMeanwhile_newPostsStillArrive() {
        post(1, 3);
        world.meshes.execute("DELETE FROM mesh.topic_message WHERE topic_id = ?", topic.id());
        Listener listener = follow(bob, 0);

        post(4, 4);

        assertThat(listener.texts(1)).containsExactly("4");
    }

    @Test
    void archived_theReaderIsToldTheEnd() throws Exception {
        Listener listener = follow(bob, 0);

        done(world.topics.archive(alice, "deploys"));

        assertThat(listener.ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(world.feed.readers()).isZero();
    }

    @Test
    void banned_theReaderIsToldTheEndAndNothingMore() throws Exception {
        Listener listener = follow(bob, 0);

        world.ban(bob);
        post(1, 1);

        assertThat(listener.ended.await(10, TimeUnit.SECONDS)).isTrue();
        Listener other = follow(alice, 0);
        assertThat(other.texts(1)).containsExactly("1");
        assertThat(listener.posts).isEmpty();
    }

    @Test
    void closed_nothingMoreIsTold() {
        Listener other = follow(alice, 0);
        Listener listener = follow(bob, 0);
        post(1, 1);
        assertThat(listener.texts(1)).containsExactly("1");

        listener.subscription.close();
        post(2, 2);

        assertThat(other.texts(2)).containsExactly("1", "2");
        assertThat(listener.posts).isEmpty();
        assertThat(world.feed.readers()).isEqualTo(1);
    }

    private Listener follow(TopicCaller reader, long afterSequence) {
        Listener listener = new Listener();
        listener.subscription = world.feed.follow(reader, topic, afterSequence, listener);
        return listener;
    }

    private void post(int first, int last) {
        IntStream.rangeClosed(first, last)
                .mapToObj(i -> world.posts.post(alice, TopicWorld.newPost("deploys", Integer.toString(i))))
                .toList()
                .forEach(TopicWorld::answer);
    }

    private static List<String> texts(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    private static final class Listener implements TopicListener {
        private final BlockingQueue<TopicPost> posts = new LinkedBlockingQueue<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private TopicFeed.Subscription subscription;

        @Override
        public void posts(List<TopicPost> next) {
            posts.addAll(next);
        }

        @Override
        public void ended() {
            ended.countDown();
        }

        /** The next texts, as many as asked for; waits for them. */
        List<String> texts(int count) {
            List<String> texts = new ArrayList<>();
            try {
                while (texts.size() < count) {
                    TopicPost post = posts.poll(10, TimeUnit.SECONDS);
                    if (post == null) {
                        throw new AssertionError("only " + texts);
                    }
                    texts.add(TopicWorld.text(post.ciphertext()));
                }
                return texts;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

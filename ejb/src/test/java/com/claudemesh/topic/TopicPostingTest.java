package com.claudemesh.topic;

import static com.claudemesh.topic.TopicWorld.body;
import static com.claudemesh.topic.TopicWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.Ack;
import com.claudemesh.protocol.frame.Capability;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.Send;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wire protocol §4.4: posts on the message path. */
class TopicPostingTest {
    private TopicWorld world;
    private TopicCaller alice;
    private TopicCaller bob;
    private TestConnection aliceHere;

    @BeforeEach
    void start() {
        world = new TopicWorld();
        alice = world.member("alice");
        bob = world.member("bob");
        aliceHere = world.connect(alice, Capability.RECEIPTS);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void post_everyConnectionOfEveryMemberButTheSendingOne_getsItLiveWithItsTopic() {
        TestConnection laptop = world.connect(bob);
        TestConnection phone = world.connect(bob);
        TestConnection sibling = world.connect(alice);
        TopicView general = world.topics.find(alice, "general").orElseThrow();

        Ack ack = world.send(aliceHere, "#general", "hello");

        Push push = laptop.next();
        assertThat(push.messageId()).isEqualTo(ack.messageId());
        assertThat(push.topic()).isEqualTo("general");
        assertThat(push.topicId()).isEqualTo(general.id());
        assertThat(push.targetSpec()).isEqualTo("#" + general.id());
        assertThat(push.bodyVersion()).isEqualTo(1);
        assertThat(push.senderMemberId()).isEqualTo(alice.memberId());
        assertThat(push.senderName()).isEqualTo("alice");
        assertThat(phone.nextText()).isEqualTo("hello");
        assertThat(sibling.nextText()).isEqualTo("hello");
        assertThat(aliceHere.rest()).isEmpty();
        assertThat(world.history(bob, "general")).containsExactly("hello");
    }

    @Test
    void post_byIdOrName_isTheSameTopic() {
        TopicView topic = world.topic(bob, "deploys", TopicVisibility.PUBLIC);

        world.send(aliceHere, "#deploys", "by name");
        world.send(aliceHere, "#" + topic.id(), "by id");

        assertThat(world.history(bob, "deploys")).containsExactly("by name", "by id");
    }

    @Test
    void post_memberWhoIsAway_getsItOnceInOrderOnReturn() {
        world.send(aliceHere, "#general", "1");
        Ack ack = world.send(aliceHere, "#general", "2");
        assertThat(ack.recipient()).isEqualTo("offline");

        TestConnection back = world.connect(bob);
        List<String> first = back.nextTexts(2);
        world.send(aliceHere, "#general", "3");

        assertThat(first).containsExactly("1", "2");
        Push third = back.next();
        assertThat(TopicWorld.text(third.ciphertext())).isEqualTo("3");
        assertThat(back.rest()).isEmpty();
    }

    @Test
    void post_copyReadBackFromTheDatabase_stillKnowsItsTopicKeyAndMentions() {
        world.topic(alice, "sealed", TopicVisibility.PUBLIC);
        done(world.topics.join(bob, "sealed", null));
        world.send(aliceHere, new Send("#sealed", Priority.NOW, "n", "c", "c", null, null, List.of("bob"), null, 2, 1));

        Push push = world.connect(bob).next();

        assertThat(push.topic()).isEqualTo("sealed");
        assertThat(push.bodyVersion()).isEqualTo(2);
        assertThat(push.keyEpoch()).isEqualTo(1);
        assertThat(push.mentions()).containsExactly("bob");
    }

    @Test
    void post_whoeverIsNotInTheTopic_getsNothing() {
        world.topic(alice, "deploys", TopicVisibility.PUBLIC);
        TestConnection outside = world.connect(bob);

        world.send(aliceHere, "#deploys", "not for bob");
        world.send(aliceHere, "#general", "for all");

        assertThat(outside.nextText()).isEqualTo("for all");
    }

    @Test
    void post_manyAtOnceFromSeveralConnections_everybodySeesTheOrderOfTheHistory() {
        TestConnection bobHere = world.connect(bob);
        List<TestConnection> readers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            readers.add(world.connect(world.member("reader" + i)));
        }
        TopicCaller late = world.member("late");
        List<CompletionStage<Ack>> acks = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> {
            acks.add(world.messaging().send(aliceHere.peer, send("a" + i)));
            acks.add(world.messaging().send(bobHere.peer, send("b" + i)));
        });
        acks.forEach(TopicWorld::answer);

        List<String> history = world.history(alice, "general");

        assertThat(history).hasSize(200).doesNotHaveDuplicates();
        readers.forEach(reader -> assertThat(reader.nextTexts(200)).isEqualTo(history));
        assertThat(world.connect(late).nextTexts(200)).isEqualTo(history);
    }

    private static Send send(String text) {
        return Send.of(text, "#general", Priority.NOW, "", body(text));
    }

    @Test
    void post_nextToABusyMember_waitsUntilItIsIdle() {
        TestConnection busy = world.connect(bob);
        TopicCaller carol = world.member("carol");
        TestConnection idle = world.connect(carol);
        world.statuses.set(busy.peer, Status.DND);

        world.send(aliceHere, Send.of("c", "#general", Priority.NEXT, "", body("later")));
        world.send(aliceHere, "#general", "urgent");

        assertThat(idle.nextTexts(2)).containsExactly("later", "urgent");
        assertThat(busy.nextText()).isEqualTo("urgent");
        world.statuses.set(busy.peer, Status.IDLE);
        assertThat(busy.nextText()).isEqualTo("later");
    }

    @Test
    void post_unknownPrivateOrForeignTopic_isRefusedInTheSameWords() {
        world.topic(bob, "secret", TopicVisibility.PRIVATE);

        Ack unknown = world.send(aliceHere, "#nothing", "x");
        Ack hidden = world.send(aliceHere, "#secret", "x");

        assertThat(unknown.queued()).isFalse();
        assertThat(unknown.error()).startsWith("topic_not_found");
        assertThat(hidden.error()).isEqualTo(unknown.error());
        assertThat(world.history(bob, "secret")).isEmpty();
    }

    @Test
    void post_byAnObserver_isRefused() {
        world.topic(bob, "secret", TopicVisibility.PRIVATE);
        done(world.topics.invite(bob, "secret", alice.memberId(), TopicRole.OBSERVER));

        assertThat(world.send(aliceHere, "#secret", "x").error()).startsWith("topic_read_only");
        assertThat(world.post(alice, "secret", "x")).isInstanceOf(PostOutcome.ReadOnly.class);
    }

    @Test
    void post_publicTopicThatOneIsNotIn_isTakenAndJoinsNobody() {
        world.topic(bob, "deploys", TopicVisibility.PUBLIC);

        assertThat(world.send(aliceHere, "#deploys", "from outside").queued()).isTrue();

        assertThat(world.topics.find(alice, "deploys").orElseThrow().has(alice.memberId()))
                .isFalse();
        assertThat(world.history(alice, "deploys")).containsExactly("from outside");
    }

    @Test
    void post_answer_keepsAParentOfTheSameTopicOnly() {
        world.topic(alice, "deploys", TopicVisibility.PUBLIC);
        Ack parent = world.send(aliceHere, "#general", "parent");
        TestConnection bobHere = world.connect(bob);

        world.send(aliceHere, answerTo("#general", parent.messageId(), "child"));
        world.send(aliceHere, answerTo("#deploys", parent.messageId(), "elsewhere"));

        bobHere.next();
        assertThat(bobHere.next().replyToId()).isEqualTo(parent.messageId());
        List<TopicPost> thread = done(world.topics.history(
                        bob, "general", new HistoryQuery(10, null, null, parent.messageId())))
                .posts();
        assertThat(thread)
                .extracting(post -> TopicWorld.text(post.ciphertext()))
                .containsExactly("child");
        assertThat(done(world.topics.history(alice, "deploys", HistoryQuery.newest(1)))
                        .posts()
                        .get(0)
                        .replyToId())
                .isNull();
    }

    private static Send answerTo(String target, String parentId, String text) {
        return new Send(target, Priority.NOW, "", body(text), "c", null, null, null, parentId, null, null);
    }

    @Test
    void post_keyThatTheTopicDoesNotHave_namesTheField() {
        world.topic(alice, "sealed", TopicVisibility.PUBLIC);

        assertThat(world.send(aliceHere, encrypted("#general", 1)).error()).startsWith("invalid: bodyVersion");
        assertThat(world.send(aliceHere, encrypted("#sealed", 2)).error()).startsWith("invalid: keyEpoch");
        assertThat(world.send(aliceHere, encrypted("#sealed", 1)).queued()).isTrue();
        assertThat(world.send(
                                aliceHere,
                                new Send("#sealed", Priority.NOW, "", "x", "c", null, null, null, null, 3, null))
                        .error())
                .startsWith("invalid: bodyVersion");
    }

    private static Send encrypted(String target, int epoch) {
        return new Send(target, Priority.NOW, "n", "c", "c", null, null, null, null, 2, epoch);
    }

    @Test
    void post_sameClientMessageIdTwice_isOnePost() {
        Send frame = new Send("#general", Priority.NOW, "", body("once"), "c", "id-1", "f", null, null, null, null);

        Ack first = world.send(aliceHere, frame);
        Ack second = world.send(aliceHere, frame);

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(world.history(bob, "general")).containsExactly("once");
    }

    @Test
    void post_withoutAConnection_reachesTheSendersOwnConnectionsToo() {
        PostOutcome outcome = world.post(alice, "general", "from a bot, @bob");

        assertThat(outcome).isInstanceOfSatisfying(PostOutcome.Posted.class, posted -> {
            assertThat(posted.topicName()).isEqualTo("general");
            assertThat(posted.notifications()).isEqualTo(1);
            assertThat(posted.bodyVersion()).isEqualTo(1);
        });
        assertThat(aliceHere.nextText()).isEqualTo("from a bot, @bob");
        assertThat(world.post(alice, "nothing", "x")).isInstanceOf(PostOutcome.NotFound.class);
        assertThat(world.post(alice, "general", "x".repeat(60_000))).isInstanceOf(PostOutcome.TooLarge.class);
    }

    @Test
    void post_byABannedMember_isRefused() {
        world.ban(bob);

        assertThat(world.post(bob, "general", "x")).isInstanceOf(PostOutcome.Forbidden.class);
    }

    @Test
    void post_copyOfAMemberThatMayNotSeeTheTopicAnyMore_isNotHandedOut() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        done(world.topics.invite(alice, "secret", bob.memberId(), null));
        world.send(aliceHere, "#secret", "while bob was in it");
        done(world.topics.leave(bob, "secret"));

        TestConnection bobHere = world.connect(bob);
        world.send(aliceHere, "#general", "for all");

        assertThat(bobHere.nextText()).isEqualTo("for all");
    }

    @Test
    void status_ofAPostToATopicThatOneMayNotSee_isThatOfNoMessage() {
        world.topic(bob, "secret", TopicVisibility.PRIVATE);
        PostOutcome.Posted posted = (PostOutcome.Posted) world.post(bob, "secret", "x");

        ServerFrame status =
                TopicWorld.answer(world.messaging().status(aliceHere.peer, new MessageStatus(posted.messageId())));

        assertThat(status)
                .isInstanceOfSatisfying(
                        ErrorFrame.class, error -> assertThat(error.code()).isEqualTo("not_found"));
    }
}

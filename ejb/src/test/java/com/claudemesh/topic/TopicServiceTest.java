package com.claudemesh.topic;

import static com.claudemesh.topic.TopicWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.mesh.Role;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicServiceTest {
    private TopicWorld world;
    private TopicCaller alice;
    private TopicCaller bob;

    @BeforeEach
    void start() {
        world = new TopicWorld(Map.of("CLAUDEMESH_MAX_TOPICS_PER_MESH", "4", "CLAUDEMESH_TOPIC_MAX_UNREAD", "3"));
        alice = world.member("alice");
        bob = world.member("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void general_everyNewMember_isInIt() {
        TopicCaller carol = world.member("carol");

        TopicView general = world.topics.find(carol, "general").orElseThrow();

        assertThat(general.everybody()).isTrue();
        assertThat(general.encrypted()).isFalse();
        assertThat(general.roleOf(carol.memberId())).isEqualTo(TopicRole.MEMBER);
        assertThat(general.has(alice.memberId())).isTrue();
    }

    @Test
    void general_memberBannedAndBack_isOutAndInAgain() {
        world.ban(bob);
        assertThat(world.topics.find(alice, "general").orElseThrow().has(bob.memberId()))
                .isFalse();

        world.meshes.execute("UPDATE mesh.member SET revoked_at = NULL WHERE id = ?", bob.memberId());
        world.changed();

        assertThat(world.topics.find(alice, "general").orElseThrow().has(bob.memberId()))
                .isTrue();
    }

    @Test
    void general_leaveOrArchive_isRefused() {
        TopicCaller admin = world.member("root", Role.ADMIN);

        assertThat(world.topics.leave(bob, "general")).isInstanceOf(TopicResult.Forbidden.class);
        assertThat(world.topics.archive(admin, "general")).isInstanceOf(TopicResult.Forbidden.class);
        assertThat(world.topics.join(bob, "general", TopicRole.LEAD)).isInstanceOf(TopicResult.Forbidden.class);
    }

    @Test
    void create_twice_secondIsTheSameTopicAndItsMakerJoinsAsMember() {
        TopicView topic = world.topic(alice, "deploys", TopicVisibility.PUBLIC);

        CreatedTopic again =
                done(world.topics.create(bob, new NewTopic("deploys", null, TopicVisibility.PUBLIC, null)));

        assertThat(again.created()).isFalse();
        assertThat(again.topic().id()).isEqualTo(topic.id());
        assertThat(again.topic().roleOf(alice.memberId())).isEqualTo(TopicRole.LEAD);
        assertThat(again.topic().roleOf(bob.memberId())).isEqualTo(TopicRole.MEMBER);
    }

    @Test
    void create_moreThanTheMeshMayHave_isRefused() {
        for (String name : List.of("one", "two", "three")) {
            world.topic(alice, name, TopicVisibility.PUBLIC);
        }

        assertThat(world.topics.create(alice, new NewTopic("four", null, TopicVisibility.PUBLIC, null)))
                .isInstanceOf(TopicResult.LimitReached.class);
    }

    @Test
    void create_nameOfATopicThatOneMayNotSee_saysTakenAndShowsNothing() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);

        assertThat(world.topics.create(bob, new NewTopic("secret", null, TopicVisibility.PUBLIC, null)))
                .isEqualTo(new TopicResult.Invalid<>("name", "is taken"));
    }

    @Test
    void privateTopic_stranger_seesNothingOfIt() {
        TopicView topic = world.topic(alice, "secret", TopicVisibility.PRIVATE);

        assertThat(world.topics.find(bob, topic.id())).isEmpty();
        assertThat(world.topics.list(bob)).extracting(one -> one.topic().name()).containsExactly("general");
        assertThat(world.topics.join(bob, "secret", null)).isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.leave(bob, "secret")).isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.members(bob, topic.id())).isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.history(bob, topic.id(), HistoryQuery.newest(10)))
                .isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.markRead(bob, topic.id())).isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.archive(bob, topic.id())).isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.invite(bob, topic.id(), bob.memberId(), null)).isInstanceOf(TopicResult.NotFound.class);
        assertThat(world.topics.search(bob, "secret", 10).topics()).isEmpty();
    }

    @Test
    void privateTopic_memberOfAnotherMesh_seesNothingOfIt() {
        TopicView topic = world.topic(alice, "open", TopicVisibility.PUBLIC);
        TopicWorld other = new TopicWorld();
        try (other) {
            TopicCaller eve = other.member("eve");

            assertThat(other.topics.find(eve, topic.id())).isEmpty();
            assertThat(world.topics.find(new TopicCaller(world.mesh.meshId(), eve.memberId()), topic.id()))
                    .isEmpty();
        }
    }

    @Test
    void privateTopic_invited_isIn() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);

        done(world.topics.invite(alice, "secret", world.keyOf(bob).publicHex(), TopicRole.OBSERVER));

        assertThat(world.topics.find(bob, "secret").orElseThrow().roleOf(bob.memberId()))
                .isEqualTo(TopicRole.OBSERVER);
        assertThat(world.topics.invite(bob, "secret", bob.memberId(), TopicRole.LEAD))
                .isInstanceOf(TopicResult.Forbidden.class);
    }

    @Test
    void privateTopic_administratorOfTheMesh_seesAndJoins() {
        world.topic(alice, "secret", TopicVisibility.DM);
        TopicCaller admin = world.member("root", Role.ADMIN);

        assertThat(done(world.topics.join(admin, "secret", null)).has(admin.memberId()))
                .isTrue();
    }

    @Test
    void invite_nobodyOfTheMesh_namesTheField() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);

        assertThat(world.topics.invite(alice, "secret", "ab".repeat(32), null))
                .isEqualTo(new TopicResult.Invalid<>("member", "is no active member of this mesh"));
    }

    @Test
    void join_asLeadWhereThereIsOne_isRefusedAndWhereThereIsNoneGranted() {
        world.topic(alice, "deploys", TopicVisibility.PUBLIC);
        assertThat(world.topics.join(bob, "deploys", TopicRole.LEAD)).isInstanceOf(TopicResult.Forbidden.class);

        done(world.topics.leave(alice, "deploys"));

        assertThat(done(world.topics.join(bob, "deploys", TopicRole.LEAD)).roleOf(bob.memberId()))
                .isEqualTo(TopicRole.LEAD);
    }

    @Test
    void join_whoIsInAlready_keepsItsRole() {
        world.topic(alice, "deploys", TopicVisibility.PUBLIC);

        assertThat(done(world.topics.join(alice, "deploys", TopicRole.OBSERVER)).roleOf(alice.memberId()))
                .isEqualTo(TopicRole.LEAD);
    }

    @Test
    void archive_byItsLead_isGoneAndItsNameStaysTaken() {
        TopicView topic = world.topic(alice, "deploys", TopicVisibility.PUBLIC);
        done(world.topics.join(bob, "deploys", null));
        assertThat(world.topics.archive(bob, "deploys")).isInstanceOf(TopicResult.Forbidden.class);

        done(world.topics.archive(alice, "deploys"));

        assertThat(world.topics.find(alice, topic.id())).isEmpty();
        assertThat(world.topics.create(alice, new NewTopic("deploys", null, TopicVisibility.PUBLIC, null)))
                .isEqualTo(new TopicResult.Invalid<>("name", "is taken"));
    }

    @Test
    void history_pages_withoutOverlapOrGapAndToBothSides() {
        for (int i = 1; i <= 5; i++) {
            world.post(alice, "general", "p" + i);
        }
        List<TopicPost> newest = page(HistoryQuery.newest(2));

        List<TopicPost> older = page(HistoryQuery.before(newest.get(1).id(), 2));
        List<TopicPost> after = page(HistoryQuery.after(older.get(1).id(), 10));

        assertThat(texts(newest)).containsExactly("p5", "p4");
        assertThat(texts(older)).containsExactly("p3", "p2");
        assertThat(texts(after)).containsExactly("p3", "p4", "p5");
        assertThat(newest).extracting(TopicPost::sequence).containsExactly(5L, 4L);
        assertThat(texts(page(HistoryQuery.before("no-such-post", 2)))).containsExactly("p5", "p4");
    }

    @Test
    void history_cursorOfAnotherTopic_isNoCursor() {
        world.topic(alice, "deploys", TopicVisibility.PUBLIC);
        PostOutcome.Posted elsewhere = (PostOutcome.Posted) world.post(alice, "deploys", "elsewhere");
        world.post(alice, "general", "here");

        assertThat(texts(page(HistoryQuery.before(elsewhere.messageId(), 2)))).containsExactly("here");
    }

    @Test
    void unread_postsOfOthersSinceTheMark_areCountedUpToTheLimit() {
        world.post(alice, "general", "p1");
        world.post(alice, "general", "p2");
        world.post(bob, "general", "own");
        assertThat(unread(bob)).isEqualTo(2);

        done(world.topics.markRead(bob, "general"));
        assertThat(unread(bob)).isZero();
        world.post(alice, "general", "p3");

        assertThat(unread(bob)).isEqualTo(1);
        assertThat(unread(alice)).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            world.post(alice, "general", "more");
        }
        assertThat(unread(bob)).isEqualTo(3);
        assertThat(done(world.topics.members(alice, "general")))
                .filteredOn(member -> member.memberId().equals(bob.memberId()))
                .allSatisfy(member -> assertThat(member.lastReadAt()).isNotNull());
    }

    @Test
    void search_findsPlainBodiesSendersAndNamesOfWhatOneMaySee() {
        world.topic(alice, "secret", TopicVisibility.PRIVATE);
        world.post(alice, "general", "the zebra build is green");
        world.post(alice, "secret", "a zebra nobody else sees");

        TopicHits bobs = world.topics.search(bob, "zebra build", 10);
        TopicHits alices = world.topics.search(alice, "zebra", 10);

        assertThat(texts(bobs.posts())).containsExactly("the zebra build is green");
        assertThat(alices.posts()).hasSize(2);
        assertThat(world.topics.search(bob, "alice", 10).posts()).hasSize(1);
        assertThat(world.topics.search(alice, "secr", 10).topics())
                .extracting(one -> one.topic().name())
                .containsExactly("secret");
        assertThat(world.topics.search(bob, "\"' OR & ! ( <-> :*", 10).posts()).isEmpty();
    }

    @Test
    void otherNode_changesATopic_isSeenAfterTheNextLook() {
        assertThat(world.topics.find(bob, "elsewhere")).isEmpty();
        TopicDirectory other = world.directory();
        assertThat(other.find(world.mesh.meshId(), "elsewhere")).isEmpty();

        world.topic(alice, "elsewhere", TopicVisibility.PUBLIC);

        assertThat(other.refresh()).containsExactly(world.mesh.meshId());
        assertThat(other.find(world.mesh.meshId(), "elsewhere")).isPresent();
        assertThat(other.refresh()).isEmpty();
    }

    @Test
    void retention_postsOlderThanTheirTopicKeepsThem_areDeletedAndOthersStay() {
        done(world.topics.create(alice, new NewTopic("short", null, TopicVisibility.PUBLIC, 1)));
        done(world.topics.create(alice, new NewTopic("forever", null, TopicVisibility.PUBLIC, 0)));
        world.post(alice, "short", "old @bob");
        world.post(alice, "forever", "old");
        world.post(alice, "general", "old");
        world.meshes.clock.advance(java.time.Duration.ofDays(2));
        world.post(alice, "short", "new");

        world.meshes.transactions.run(
                connection -> PostStore.purge(connection, 3, world.meshes.clock.instant(), 1_000));

        assertThat(world.history(alice, "short")).containsExactly("new");
        assertThat(world.history(alice, "forever")).containsExactly("old");
        assertThat(world.history(alice, "general")).containsExactly("old");
        assertThat(world.notifications.list(bob, java.time.Instant.EPOCH, false))
                .isEmpty();
    }

    @Test
    void changes_areInTheAuditRecordAndTheChainHolds() throws Exception {
        world.topic(alice, "deploys", TopicVisibility.PUBLIC);
        done(world.topics.invite(alice, "deploys", bob.memberId(), null));
        done(world.topics.archive(alice, "deploys"));

        assertThat(world.meshes.recorded(world.mesh.meshId()))
                .startsWith("topic_archived", "topic_invited", "topic_created");
        assertThat(world.meshes.chainIsValid(world.mesh.meshId())).isTrue();
    }

    private List<TopicPost> page(HistoryQuery query) {
        return done(world.topics.history(bob, "general", query)).posts();
    }

    private static List<String> texts(List<TopicPost> posts) {
        return posts.stream().map(post -> TopicWorld.text(post.ciphertext())).toList();
    }

    private long unread(TopicCaller member) {
        Optional<TopicListing> general = world.topics.list(member).stream()
                .filter(one -> one.topic().everybody())
                .findFirst();
        return general.orElseThrow().unread();
    }
}

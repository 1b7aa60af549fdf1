package com.claudemesh.topic;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.messaging.Conversations;
import com.claudemesh.messaging.MessagingDoor;
import com.claudemesh.platform.Metrics;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;

/** Makes the topic objects, one of each, for injection. */
@Dependent
public class TopicWiring {

    @Resource
    private ManagedThreadFactory threads;

    @Produces
    @Singleton
    TopicDirectory directory(Transactions transactions) {
        return new TopicDirectory(new DatabaseSource(transactions));
    }

    @Produces
    @Singleton
    TopicAccess access(TopicDirectory topics, MeshDirectory meshes) {
        return new TopicAccess(topics, meshes);
    }

    @Produces
    @Singleton
    TopicFeed feed(
            TopicAccess access, TopicDirectory topics, Transactions transactions, Settings settings, Metrics metrics) {
        TopicFeed feed = new TopicFeed(
                access, topics, transactions, threads, settings.topics().pollMillis());
        feed.start();
        metrics.gauge("broker_topic_readers", "Live readers of topics that have no socket", feed::readers);
        return feed;
    }

    void close(@Disposes TopicFeed feed) {
        feed.close();
    }

    @Produces
    @Singleton
    TopicChanges changes(TopicDirectory topics, TopicFeed feed) {
        return new TopicChanges(topics, feed);
    }

    @Produces
    @Singleton
    Conversations conversations(TopicAccess access, Transactions transactions, TopicFeed feed, Settings settings) {
        return new PostAdmission(
                access,
                transactions,
                new ReplyParents(transactions),
                feed::committed,
                settings.topics().maxNotified());
    }

    @Produces
    @Singleton
    TopicService service(
            TopicAccess access,
            TopicDirectory topics,
            Transactions transactions,
            AuditChainStore chains,
            Clock clock,
            Settings settings,
            TopicChanges changes) {
        return new TopicService(access, topics, transactions, chains, clock, settings.topics(), changes::changed);
    }

    @Produces
    @Singleton
    TopicKeyDesk keys(
            TopicAccess access,
            TopicDirectory topics,
            Transactions transactions,
            AuditChainStore chains,
            Clock clock,
            TopicChanges changes) {
        return new TopicKeyDesk(access, topics, transactions, chains, clock, changes::changed);
    }

    @Produces
    @Singleton
    Notifications notifications(TopicAccess access, Transactions transactions, Clock clock) {
        return new Notifications(access, transactions, clock);
    }

    @Produces
    @Singleton
    TopicPosts posts(TopicAccess access, MessagingDoor door) {
        return new TopicPosts(access, door::service);
    }

    @Produces
    @Singleton
    TopicOverview overview(Transactions transactions) {
        return new TopicOverview(transactions);
    }

    /** The directory's source: each read is a transaction of its own. */
    private record DatabaseSource(Transactions transactions) implements TopicDirectory.Source {
        @Override
        public TopicDirectory.Snapshot load(String meshId) {
            return transactions.run(connection -> TopicStore.load(connection, meshId));
        }

        @Override
        public Map<String, Long> versions(Collection<String> meshIds) {
            return transactions.run(connection -> TopicStore.versions(connection, meshIds));
        }
    }
}

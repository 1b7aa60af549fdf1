package com.claudemesh.identity.apikey;

import com.claudemesh.audit.AuditChainStore;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.platform.AccountSettings;
import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.platform.Transactions;
import com.claudemesh.topic.TopicCaller;
import com.claudemesh.topic.TopicService;
import com.claudemesh.topic.TopicView;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Makes the keys' services. */
@Dependent
public class ApiKeyWiring {

    @Produces
    @Singleton
    ApiKeys apiKeys(
            Transactions transactions,
            AuditChainStore audit,
            MeshDirectory directory,
            Instance<TopicService> topics,
            Clock clock,
            Settings settings) {
        AccountSettings numbers = settings.accounts();
        return new ApiKeys(
                transactions,
                audit,
                directory,
                new NamesOfTopics(topics),
                clock,
                new RateLimiter(numbers.apiKeyBurst(), numbers.apiKeyPerMinute(), System::nanoTime),
                numbers.maxApiKeysPerMesh(),
                new MemberKeyRule(
                        settings.rest().memberKeyLife(), settings.rest().maxMemberKeys()));
    }

    @Produces
    @Singleton
    IdempotentRequests idempotentRequests(Transactions transactions, Clock clock, Settings settings) {
        return new IdempotentRequests(
                transactions,
                clock,
                settings.rest().idempotencyKept(),
                settings.rest().idempotencyLease());
    }

    /** Asks for the topics when they are needed: keys are there before the topics have started. */
    private record NamesOfTopics(Instance<TopicService> topics) implements TopicNames {
        @Override
        public Optional<String> idOf(String meshId, String memberId, String name) {
            return topics.get()
                    .findByName(new TopicCaller(meshId, memberId), name)
                    .map(TopicView::id);
        }

        @Override
        public Optional<String> nameOf(String meshId, String memberId, String topicId) {
            return topics.get().find(new TopicCaller(meshId, memberId), topicId).map(TopicView::name);
        }
    }
}

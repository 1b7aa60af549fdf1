package com.claudemesh.identity.apikey;

import com.claudemesh.protocol.frame.ApiKeyCapability;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the bearer of a key may do. Every query on its behalf is limited to {@code meshId}.
 *
 * @param issuerMemberId the member in whose name it acts
 * @param topicIds the topics it is for; null for all
 */
public record ApiKeyGrant(
        String keyId,
        String meshId,
        String issuerMemberId,
        Set<ApiKeyCapability> capabilities,
        @Nullable Set<String> topicIds) {

    public boolean allows(ApiKeyCapability capability) {
        return capabilities.contains(capability) || capabilities.contains(ApiKeyCapability.ADMIN);
    }

    public boolean coversAllTopics() {
        return topicIds == null;
    }

    public boolean coversTopic(String topicId) {
        return topicIds == null || topicIds.contains(topicId);
    }
}

package com.claudemesh.identity.apikey;

import java.util.Optional;

/** Topics of a mesh as one of its members may see them: what the names in a key's scope mean, and are called now. */
public interface TopicNames {

    /** @param name without {@code #}; compared exactly */
    Optional<String> idOf(String meshId, String memberId, String name);

    Optional<String> nameOf(String meshId, String memberId, String topicId);
}

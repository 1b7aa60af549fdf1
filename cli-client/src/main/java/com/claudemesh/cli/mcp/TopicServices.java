package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.rest.KeyDesk;
import com.claudemesh.cli.rest.RestSession;
import com.claudemesh.cli.rest.ShortLivedKey;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.sdk.topic.TopicKeyRing;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * What sessions share for posts of topics.
 *
 * @param background one thread, for work that waits for the server
 * @param rest opens the REST interface of a mesh with keys from a desk
 */
record TopicServices(TopicKeyRing ring, Executor background, BiFunction<Membership, KeyDesk, RestSession> rest) {
    /** For all topics that the member may see. */
    static final ShortLivedKey.Purpose PURPOSE =
            new ShortLivedKey.Purpose("mcp", List.of(ApiKeyCapability.READ, ApiKeyCapability.SEND), null);
}

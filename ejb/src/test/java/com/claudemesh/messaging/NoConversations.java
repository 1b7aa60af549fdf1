package com.claudemesh.messaging;

import java.sql.Connection;
import java.util.List;

/** A mesh without topics. */
final class NoConversations implements Conversations {
    @Override
    public Admission admit(Attempt attempt) {
        return new Admission.Unknown();
    }

    @Override
    public boolean maySee(String meshId, String memberId, String topicId) {
        return false;
    }

    @Override
    public Runnable append(Connection connection, List<Message> posts) {
        throw new AssertionError("nothing was admitted: " + posts);
    }
}

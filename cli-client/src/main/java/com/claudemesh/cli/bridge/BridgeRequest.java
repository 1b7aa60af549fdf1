package com.claudemesh.cli.bridge;

import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyList;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.AuditQuery;
import com.claudemesh.protocol.frame.AuditVerify;
import com.claudemesh.protocol.frame.Ban;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Disconnect;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.JoinGroup;
import com.claudemesh.protocol.frame.Kick;
import com.claudemesh.protocol.frame.LeaveGroup;
import com.claudemesh.protocol.frame.ListBans;
import com.claudemesh.protocol.frame.ListDeadLetters;
import com.claudemesh.protocol.frame.ListGrants;
import com.claudemesh.protocol.frame.MeshInfo;
import com.claudemesh.protocol.frame.MessageStatus;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.frame.SetGrants;
import com.claudemesh.protocol.frame.SetStatus;
import com.claudemesh.protocol.frame.SetSummary;
import com.claudemesh.protocol.frame.SetVisible;
import com.claudemesh.protocol.frame.Status;
import com.claudemesh.protocol.frame.TopicArchive;
import com.claudemesh.protocol.frame.TopicCreate;
import com.claudemesh.protocol.frame.TopicHistory;
import com.claudemesh.protocol.frame.TopicInvite;
import com.claudemesh.protocol.frame.TopicJoin;
import com.claudemesh.protocol.frame.TopicLeave;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicMarkRead;
import com.claudemesh.protocol.frame.TopicMembers;
import com.claudemesh.protocol.frame.TopicSearch;
import com.claudemesh.protocol.frame.Unban;
import com.claudemesh.sdk.topic.TopicBody;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a verb may ask. A record refuses what is out of bounds with an {@link InvalidFieldException}. */
public sealed interface BridgeRequest {

    /** What the request is called on the socket. */
    String verb();

    /** Who is there? Answered by {@link BridgeSession}. */
    record Hello() implements BridgeRequest {
        @Override
        public String verb() {
            return "hello";
        }
    }

    /** Is the connection to the server up? */
    record Ping() implements BridgeRequest {
        @Override
        public String verb() {
            return "ping";
        }
    }

    /** The live peers, as the server sees them now. */
    record Peers() implements BridgeRequest {
        @Override
        public String verb() {
            return "peers";
        }
    }

    /**
     * Send a message from this session.
     *
     * @param to any target that a person could type
     * @param clientMessageId makes a repetition, also one over another connection, the same message
     * @param body of a topic post, when the verb has encrypted it; otherwise the session does what is to be done
     * @param mentions lower-case names of whom a topic post is to notify
     */
    record Send(
            String to,
            String message,
            Priority priority,
            @Nullable String replyToId,
            @Nullable String clientMessageId,
            @Nullable TopicBody body,
            List<String> mentions)
            implements BridgeRequest {

        /** A message whose body the session makes. */
        public Send(
                String to,
                String message,
                Priority priority,
                @Nullable String replyToId,
                @Nullable String clientMessageId) {
            this(to, message, priority, replyToId, clientMessageId, null, List.of());
        }

        public Send {
            bounded("to", to, Limits.MAX_NAME_CHARS);
            bounded("message", message, BridgeCodec.MAX_LINE_BYTES);
            optional("replyToId", replyToId);
            optional("clientMessageId", clientMessageId);
            if (mentions.size() > Limits.MAX_MENTIONS) {
                throw new InvalidFieldException("mentions", "are more than " + Limits.MAX_MENTIONS);
            }
            mentions = List.copyOf(mentions);
        }

        @Override
        public String verb() {
            return "send";
        }
    }

    /** What this session works on, for others to see. */
    record Summary(String summary) implements BridgeRequest {
        public Summary {
            if (summary.length() > Limits.MAX_TEXT_CHARS) {
                throw new InvalidFieldException("summary", "is longer than " + Limits.MAX_TEXT_CHARS + " characters");
            }
        }

        @Override
        public String verb() {
            return "summary";
        }
    }

    /** Whether this session waits, works, or does not want to be disturbed. */
    record StatusSet(Status status) implements BridgeRequest {
        @Override
        public String verb() {
            return "status_set";
        }
    }

    /** Whether others see this session and it gets what is sent to many. */
    record Visible(boolean visible) implements BridgeRequest {
        @Override
        public String verb() {
            return "visible";
        }
    }

    /**
     * Say a frame to the server over this session's connection. Answered by the frame that comes back, or by null for
     * one that the server does not answer.
     *
     * @param message of a type that a verb may use; messages have a request of their own
     */
    record Rpc(ClientFrame message) implements BridgeRequest {
        private static final Set<Class<? extends ClientFrame>> SILENT = Set.of(
                SetStatus.class,
                SetVisible.class,
                SetSummary.class,
                JoinGroup.class,
                LeaveGroup.class,
                TopicJoin.class,
                TopicLeave.class,
                TopicMarkRead.class);
        private static final Set<Class<? extends ClientFrame>> ANSWERED = Set.of(
                Kick.class,
                Disconnect.class,
                Ban.class,
                Unban.class,
                ListBans.class,
                SetGrants.class,
                ListGrants.class,
                MeshInfo.class,
                MessageStatus.class,
                ListDeadLetters.class,
                AuditQuery.class,
                AuditVerify.class,
                ApiKeyCreate.class,
                ApiKeyList.class,
                ApiKeyRevoke.class,
                TopicCreate.class,
                TopicList.class,
                TopicMembers.class,
                TopicHistory.class,
                TopicArchive.class,
                TopicInvite.class,
                TopicSearch.class);

        public Rpc {
            if (!SILENT.contains(message.getClass()) && !ANSWERED.contains(message.getClass())) {
                throw new InvalidFieldException("message", message.type() + " can't be said over this socket");
            }
        }

        /** Whether the server answers it. */
        public boolean answered() {
            return ANSWERED.contains(message.getClass());
        }

        @Override
        public String verb() {
            return "rpc";
        }
    }

    private static void bounded(String field, String value, int maxChars) {
        if (value.isBlank()) {
            throw new InvalidFieldException(field, "is empty");
        }
        if (value.length() > maxChars) {
            throw new InvalidFieldException(field, "is longer than " + maxChars + " characters");
        }
    }

    private static void optional(String field, @Nullable String value) {
        if (value != null) {
            bounded(field, value, Limits.MAX_NAME_CHARS);
        }
    }
}

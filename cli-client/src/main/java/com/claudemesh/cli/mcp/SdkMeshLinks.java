package com.claudemesh.cli.mcp;

import com.claudemesh.cli.HostName;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.PeersList;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.sdk.ConnectionState;
import com.claudemesh.sdk.InboxStore;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.sdk.SdkRuntime;
import com.claudemesh.sdk.topic.TopicKeyRing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Connections over the client library, each with a session key of its own that lives as long as this process. */
final class SdkMeshLinks implements MeshLinks {
    private static final String PEER_TYPE = "ai";
    private static final String CHANNEL = "claude-code";
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

    private final Participant who;
    private final InboxStore inbox;
    private final TopicKeyRing topicKeys;
    private final SdkRuntime runtime = SdkRuntime.shared();

    SdkMeshLinks(Participant who, InboxStore inbox, TopicKeyRing topicKeys) {
        this.topicKeys = topicKeys;
        this.who = who;
        this.inbox = inbox;
    }

    @Override
    public MeshLink open(Membership mesh, MeshListener listener) {
        MeshClient.Builder client = MeshClient.builder(mesh.identity())
                .displayName(who.displayName())
                .sessionId(who.sessionId())
                .sessionKeys(SigningKeyPair.generate())
                .pid(who.pid())
                .cwd(who.workingDirectory())
                .hostname(HostName.local())
                .peerType(PEER_TYPE)
                .channel(CHANNEL)
                .groups(who.groups())
                .inbox(inbox)
                .listener(listener)
                .topicKeys(topicKeys)
                .sendTimeout(SEND_TIMEOUT)
                .requestTimeout(REQUEST_TIMEOUT)
                .runtime(runtime);
        who.model().ifPresent(client::model);
        return new SdkMeshLink(client.build());
    }

    @Override
    public void close() {
        runtime.close();
    }

    private record SdkMeshLink(MeshClient client) implements MeshLink {
        @Override
        public void connect() {
            // The listener is told of every outcome; the future would only repeat it.
            client.connect();
        }

        @Override
        public CompletableFuture<List<PeerInfo>> peers() {
            return client.peers().thenApply(PeersList::peers);
        }

        @Override
        public CompletableFuture<Receipt> send(OutgoingMessage message) {
            return client.send(message);
        }

        @Override
        public CompletableFuture<ServerFrame> request(ClientFrame frame) {
            return client.request(frame);
        }

        @Override
        public CompletableFuture<Void> tell(ClientFrame frame) {
            return client.tell(frame);
        }

        @Override
        public boolean online() {
            return client.state() == ConnectionState.ONLINE;
        }

        @Override
        public String publicKey() {
            return client.publicKey();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}

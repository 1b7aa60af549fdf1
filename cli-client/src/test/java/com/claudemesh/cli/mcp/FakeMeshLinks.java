package com.claudemesh.cli.mcp;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.testing.Peers;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Meshes whose traffic a test makes up. */
final class FakeMeshLinks implements MeshLinks {
    static final String SESSION_KEY = Peers.key('5');

    private final Map<String, FakeLink> links = new HashMap<>();
    private String unusable = "";

    /** Membership of this mesh turns out to be damaged. */
    void damage(String slug) {
        unusable = slug;
    }

    FakeLink link(String slug) {
        return links.get(slug);
    }

    @Override
    public MeshLink open(Membership mesh, MeshListener listener) {
        if (mesh.slug().equals(unusable)) {
            throw new InvalidFieldException("secretKey", "is damaged");
        }
        FakeLink link = new FakeLink(listener);
        links.put(mesh.slug(), link);
        return link;
    }

    @Override
    public void close() {}

    static final class FakeLink implements MeshLink {
        private final MeshListener listener;
        private final List<OutgoingMessage> sent = new ArrayList<>();
        private final List<ClientFrame> told = new ArrayList<>();
        private final List<ClientFrame> asked = new ArrayList<>();
        private final Map<Class<? extends ClientFrame>, ServerFrame> answers = new HashMap<>();
        private CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
        private List<PeerInfo> peers = List.of();
        private Receipt receipt = new Receipt.Stored("message-id", null);
        private boolean connecting;
        private boolean online;
        private boolean closed;

        FakeLink(MeshListener listener) {
            this.listener = listener;
        }

        MeshListener listener() {
            return listener;
        }

        void goOnline(PeerInfo... present) {
            peers = List.of(present);
            online = true;
            listener.onOnline(new com.claudemesh.protocol.frame.HelloAck(
                    "presence", "carol", null, null, 1, null, null, null, null, null, null));
        }

        void answers(Receipt other) {
            receipt = other;
        }

        List<OutgoingMessage> sent() {
            return sent;
        }

        void answersRequests(CompletableFuture<ServerFrame> outcome) {
            answer = outcome;
        }

        /** What the server says to requests of this type. */
        void answers(Class<? extends ClientFrame> request, ServerFrame outcome) {
            answers.put(request, outcome);
        }

        List<ClientFrame> asked() {
            return asked;
        }

        List<ClientFrame> told() {
            return told;
        }

        boolean connecting() {
            return connecting;
        }

        boolean closed() {
            return closed;
        }

        @Override
        public void connect() {
            connecting = true;
        }

        @Override
        public CompletableFuture<List<PeerInfo>> peers() {
            return CompletableFuture.completedFuture(peers);
        }

        @Override
        public CompletableFuture<Receipt> send(OutgoingMessage message) {
            sent.add(message);
            return CompletableFuture.completedFuture(receipt);
        }

        @Override
        public CompletableFuture<ServerFrame> request(ClientFrame frame) {
            asked.add(frame);
            ServerFrame ofType = answers.get(frame.getClass());
            return ofType == null ? answer : CompletableFuture.completedFuture(ofType);
        }

        @Override
        public CompletableFuture<Void> tell(ClientFrame frame) {
            told.add(frame);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean online() {
            return online;
        }

        @Override
        public String publicKey() {
            return SESSION_KEY;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

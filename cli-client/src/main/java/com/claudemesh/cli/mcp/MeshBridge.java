package com.claudemesh.cli.mcp;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.Version;
import com.claudemesh.cli.addressing.KnownPeers;
import com.claudemesh.cli.addressing.Recipient;
import com.claudemesh.cli.addressing.Roster;
import com.claudemesh.cli.addressing.TargetResolver;
import com.claudemesh.cli.bridge.BridgeHandler;
import com.claudemesh.cli.bridge.BridgeRequest;
import com.claudemesh.cli.bridge.BridgeSession;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.config.PeerCache;
import com.claudemesh.cli.config.PeerCache.KnownPeer;
import com.claudemesh.cli.net.Refusals;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.ErrorFrame;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.SetStatus;
import com.claudemesh.protocol.frame.SetSummary;
import com.claudemesh.protocol.frame.SetVisible;
import com.claudemesh.sdk.FileInboxStore;
import com.claudemesh.sdk.MeshException;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Answers verbs out of this session's connection to one mesh. */
final class MeshBridge implements BridgeHandler, Roster {
    private static final int MAX_COUNTED_UNREAD = 500;

    private final Membership mesh;
    private final Participant who;
    private final MeshLink link;
    private final KnownPeers known;
    private final FileInboxStore inbox;
    private final StatsReport stats;
    private final TopicSession topics;
    private final TargetResolver resolver;

    MeshBridge(
            Membership mesh,
            Participant who,
            MeshLink link,
            PeerCache cache,
            FileInboxStore inbox,
            StatsReport stats,
            TopicSession topics) {
        this.mesh = mesh;
        this.who = who;
        this.link = link;
        this.known = new KnownPeers(cache, inbox);
        this.inbox = inbox;
        this.stats = stats;
        this.topics = topics;
        this.resolver = new TargetResolver(this, false, Optional.of(who.sessionId()));
    }

    @Override
    public CompletableFuture<JsonNode> answer(BridgeRequest request) {
        if (request instanceof BridgeRequest.Hello) {
            return CompletableFuture.completedFuture(session().json());
        }
        if (request instanceof BridgeRequest.Ping) {
            return ping();
        }
        if (request instanceof BridgeRequest.Peers) {
            return peers().thenApply(Json.mapper()::valueToTree);
        }
        if (request instanceof BridgeRequest.Send send) {
            return send(send);
        }
        return request instanceof BridgeRequest.Rpc rpc ? say(rpc) : tell(request);
    }

    private CompletableFuture<JsonNode> say(BridgeRequest.Rpc rpc) {
        return rpc.answered()
                ? failingLikeVerbs(link.request(rpc.message())).thenApply(Json.mapper()::valueToTree)
                : failingLikeVerbs(link.tell(rpc.message())).thenApply(done -> NullNode.getInstance());
    }

    /** What changes how this session is seen. Written is done: the server answers nothing, or only that it came. */
    private CompletableFuture<JsonNode> tell(BridgeRequest request) {
        ObjectNode result = Output.object();
        ClientFrame frame;
        if (request instanceof BridgeRequest.StatusSet status) {
            result.put("status", status.status().wire());
            frame = new SetStatus(status.status());
        } else if (request instanceof BridgeRequest.Visible visible) {
            result.put("visible", visible.visible());
            frame = new SetVisible(visible.visible());
        } else {
            String summary = ((BridgeRequest.Summary) request).summary();
            result.put("summary", summary);
            frame = new SetSummary(summary);
        }
        return failingLikeVerbs(link.tell(frame)).thenApply(done -> result);
    }

    @Override
    public List<PeerInfo> online(Membership asked) {
        try {
            return peers().join();
        } catch (CompletionException failed) {
            throw (CliException) failed.getCause();
        }
    }

    @Override
    public List<KnownPeer> known(Membership asked) {
        return known.of(asked);
    }

    private BridgeSession session() {
        return new BridgeSession(
                Version.current(),
                mesh.slug(),
                mesh.meshId(),
                who.sessionId(),
                mesh.pubkey(),
                who.displayName(),
                link.online());
    }

    private CompletableFuture<JsonNode> ping() {
        ObjectNode result =
                Output.object().put("mesh", mesh.slug()).put("ws_status", link.online() ? "open" : "closed");
        try {
            result.put(
                    "push_buffer",
                    inbox.list(mesh.meshId(), MAX_COUNTED_UNREAD, true).size());
        } catch (IOException unreadable) {
            throw CliException.io("can't read the inbox: " + unreadable.getMessage());
        }
        if (!link.online()) {
            return CompletableFuture.completedFuture(result.put("peers_online", 0));
        }
        return peers().thenApply(peers -> result.put("peers_online", peers.size()));
    }

    private CompletableFuture<JsonNode> send(BridgeRequest.Send send) {
        Recipient recipient = resolver.resolve(send.to(), List.of(mesh));
        OutgoingMessage message = new OutgoingMessage(
                recipient.spec(),
                send.message(),
                send.priority(),
                send.clientMessageId(),
                send.replyToId(),
                send.mentions(),
                send.body());
        CompletableFuture<OutgoingMessage> ready = recipient.isTopic() && send.body() == null
                ? topics.prepare(message)
                : CompletableFuture.completedFuture(message);
        return failingLikeVerbs(ready.thenCompose(link::send)).thenApply(receipt -> {
            stats.sent(receipt instanceof Receipt.Stored);
            if (receipt instanceof Receipt.Refused refused) {
                throw Refusals.ofSend(refused.error());
            }
            Receipt.Stored stored = (Receipt.Stored) receipt;
            ObjectNode result =
                    Output.object().put("messageId", stored.messageId()).put("target", recipient.spec());
            return stored.recipientOffline() ? result.put("recipient", "offline") : result;
        });
    }

    private CompletableFuture<List<PeerInfo>> peers() {
        return failingLikeVerbs(link.peers());
    }

    private static <T> CompletableFuture<T> failingLikeVerbs(CompletableFuture<T> answer) {
        return answer.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                reason(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)));
    }

    private static CliException reason(Throwable failure) {
        if (failure instanceof CliException expected) {
            return expected;
        }
        String message = Output.safe(String.valueOf(failure.getMessage()));
        if (failure instanceof MeshException.Invalid) {
            return CliException.invalid(message);
        }
        if (failure instanceof MeshException.RequestFailed refused) {
            return Refusals.ofError(new ErrorFrame(refused.code(), message, null));
        }
        return CliException.network(message);
    }
}

package com.claudemesh.cli.bridge;

import com.claudemesh.cli.net.MeshConnection;
import com.claudemesh.cli.net.OutgoingMessage;
import com.claudemesh.cli.net.Route;
import com.claudemesh.cli.net.SendReceipt;
import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.protocol.frame.PeersList.PeerInfo;
import com.claudemesh.protocol.frame.ServerFrame;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A verb on the connection of a running {@code mcp} process. When that process goes away, or doesn't answer, the verb
 * goes on over a connection of its own; a message that was sent twice that way is one, because its id is the same.
 */
final class WarmConnection implements MeshConnection {
    private static final Duration PEERS_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final FrameCodec<ServerFrame> ANSWERS = FrameCodec.forClient();

    private final BridgeClient client;
    private final Supplier<MeshConnection> opener;
    private @Nullable MeshConnection own;

    WarmConnection(BridgeClient client, Supplier<MeshConnection> opener) {
        this.client = client;
        this.opener = opener;
    }

    @Override
    public List<PeerInfo> peers() {
        if (own == null) {
            try {
                return peers(client.ask(new BridgeRequest.Peers(), PEERS_TIMEOUT));
            } catch (BridgeLostException goOnAlone) {
                own = opener.get();
            }
        }
        return own.peers();
    }

    @Override
    public SendReceipt send(OutgoingMessage message) {
        if (own == null) {
            try {
                JsonNode result = client.ask(request(message), SEND_TIMEOUT);
                return new SendReceipt(
                        result.path("messageId").asText(),
                        result.path("recipient").asText().equals("offline"),
                        Route.WARM);
            } catch (BridgeLostException goOnAlone) {
                own = opener.get();
            }
        }
        return own.send(message);
    }

    @Override
    public <A extends ServerFrame> A ask(ClientFrame request, Class<A> answer) {
        if (own == null) {
            try {
                return answer(client.ask(new BridgeRequest.Rpc(request), REQUEST_TIMEOUT), answer);
            } catch (BridgeLostException goOnAlone) {
                own = opener.get();
            }
        }
        return own.ask(request, answer);
    }

    @Override
    public void tell(ClientFrame frame) {
        if (own == null) {
            try {
                client.ask(new BridgeRequest.Rpc(frame), REQUEST_TIMEOUT);
                return;
            } catch (BridgeLostException goOnAlone) {
                own = opener.get();
            }
        }
        own.tell(frame);
    }

    @Override
    public void close() {
        client.close();
        if (own != null) {
            own.close();
        }
    }

    private static BridgeRequest request(OutgoingMessage message) {
        return new BridgeRequest.Send(
                message.targetSpec(),
                message.text(),
                message.priority(),
                message.replyToId().orElse(null),
                message.clientMessageId(),
                message.body(),
                message.mentions());
    }

    private static <A extends ServerFrame> A answer(JsonNode result, Class<A> wanted) {
        if (ANSWERS.decode(result.toString()) instanceof Decoded.Known<ServerFrame> known
                && wanted.isInstance(known.frame())) {
            return wanted.cast(known.frame());
        }
        throw new BridgeLostException("the other process answered something else");
    }

    private static List<PeerInfo> peers(JsonNode result) {
        try {
            return List.of(Json.mapper().treeToValue(result, PeerInfo[].class));
        } catch (JsonProcessingException otherShape) {
            throw new BridgeLostException(
                    "the other process speaks another version: " + otherShape.getOriginalMessage());
        }
    }
}

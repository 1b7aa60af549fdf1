package com.claudemesh.cli.testing;

import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.crypto.Sealed;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import com.claudemesh.protocol.frame.ApiKeyRevoke;
import com.claudemesh.protocol.frame.ApiKeyRevokeResponse;
import com.claudemesh.protocol.frame.TopicList;
import com.claudemesh.protocol.frame.TopicListResponse;
import com.claudemesh.protocol.frame.TopicListResponse.Topic;
import com.claudemesh.protocol.frame.TopicRole;
import com.claudemesh.protocol.frame.TopicVisibility;
import com.claudemesh.sdk.topic.KeyHolder;
import com.claudemesh.sdk.topic.TopicBody;
import com.claudemesh.sdk.topic.TopicKeyServer.Copy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The REST interface of a mesh with one topic, {@code ops}, as far as verbs use it: bearer keys that were minted, sealed
 * copies by epoch, posts, and a stream that goes on behind {@code Last-Event-ID}.
 */
public final class TopicServer extends JsonServer {
    public static final String TOPIC_ID = "topicid0000000000000000000000001";
    private static final String SECRET = "cm_secret";

    private final Map<String, SigningKeyPair> members = new HashMap<>();
    private final Map<String, ObjectNode> copies = new HashMap<>();
    private final List<ObjectNode> posts = new ArrayList<>();
    private final List<String> resumedBehind = new CopyOnWriteArrayList<>();
    private int epoch;
    private boolean rotationDue;
    private boolean archived;
    private final Queue<Integer> failures = new ArrayDeque<>();
    private int broken;
    private int failingPages;

    public TopicServer() {
        String topic = "/api/v1/topics/ops";
        on("GET", topic + "/key", request -> allowed(request, key(request)));
        on("GET", topic + "/pending-seals", request -> allowed(request, pending()));
        on("POST", topic + "/seal", request -> allowed(request, seal(request)));
        on("POST", topic + "/claim-key", request -> allowed(request, claim(request)));
        on("GET", topic + "/messages", request -> allowed(request, messages(request)));
        on("POST", "/api/v1/messages", request -> allowed(request, post(request)));
        on("GET", "/api/v1/members", request -> allowed(request, membersReply()));
        raw(topic + "/stream", this::stream);
    }

    /** The member of this host, joined to a mesh at this server; its gateway mints keys and lists the topic. */
    public Membership joined(TestHost host) {
        Membership mesh = host.joined("crew", brokerUrl());
        members.put(mesh.memberId(), SigningKeyPair.fromSecretHex(mesh.secretKey()));
        host.meshes()
                .answers(
                        ApiKeyCreate.class,
                        new ApiKeyCreated(
                                "keyid1", SECRET, "cli", "cm_secretxx", List.of(ApiKeyCapability.READ), null, ""));
        host.meshes().answers(ApiKeyRevoke.class, ApiKeyRevokeResponse.revoked("keyid1"));
        list(host);
        return mesh;
    }

    /** What the host's gateway says of the topic from now on. */
    public void list(TestHost host) {
        host.meshes().answers(TopicList.class, new TopicListResponse(List.of(topic(TopicRole.MEMBER))));
    }

    public Topic topic(TopicRole role) {
        return new Topic(
                TOPIC_ID,
                "ops",
                "what runs",
                TopicVisibility.PUBLIC,
                2,
                "2026-03-01T10:00:00.000Z",
                role,
                3,
                epoch,
                rotationDue);
    }

    /** Somebody else in the topic. */
    public KeyHolder member(String name) {
        SigningKeyPair keys = members.computeIfAbsent(name, made -> SigningKeyPair.generate());
        return new KeyHolder("mesh-crew", name, keys.publicHex(), keys.secretHex());
    }

    /** A copy of a generation of the key. */
    public synchronized void keep(String memberId, int copyEpoch, Copy.Found copy) {
        epoch = Math.max(epoch, copyEpoch);
        copies.put(
                memberId + "/" + copyEpoch,
                object().put("topic", "ops")
                        .put("topicId", TOPIC_ID)
                        .put("encryptedKey", copy.copy().ciphertext())
                        .put("nonce", copy.copy().nonce())
                        .put("senderPubkey", copy.topicPublicKey())
                        .put("sealedByPubkey", copy.sealedBy().isEmpty() ? null : copy.sealedBy())
                        .put("keyEpoch", copyEpoch));
    }

    public synchronized boolean hasCopy(String memberId, int copyEpoch) {
        return copies.containsKey(memberId + "/" + copyEpoch);
    }

    public synchronized void epoch(int current) {
        epoch = current;
    }

    public synchronized void rotationIsDue() {
        rotationDue = true;
    }

    public synchronized void archive() {
        archived = true;
        notifyAll();
    }

    /** The next attempts to open the stream meet a server that is starting, and answers so. */
    public synchronized void failsStreams(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** The next so many pages of posts meet a server that is about to go. */
    public synchronized void failsPages(int times) {
        failingPages = times;
    }

    /** Everybody's stream breaks now. */
    public synchronized void breakStreams() {
        broken++;
        notifyAll();
    }

    public synchronized void posted(String id, String sender, TopicBody body) {
        ObjectNode row = object().put("id", id)
                .put("senderPubkey", member(sender).publicKey())
                .put("senderName", sender)
                .put("nonce", body.nonce())
                .put("ciphertext", body.ciphertext())
                .put("createdAt", "2026-03-01T11:%02d:00.000Z".formatted(posts.size()))
                .put("bodyVersion", body.bodyVersion());
        if (body.keyEpoch() != null) {
            row.put("keyEpoch", body.keyEpoch());
        }
        posts.add(row);
        notifyAll();
    }

    /** {@code Last-Event-ID} of each attempt to open the stream; empty when there was none. */
    public List<String> resumedBehind() {
        return resumedBehind;
    }

    private Reply allowed(Request request, Reply reply) {
        return request.authorization().equals("Bearer " + SECRET)
                ? reply
                : new Reply(401, object().put("message", "error.api_key_invalid"));
    }

    private synchronized Reply key(Request request) {
        if (epoch == 0) {
            return Reply.error(409, "topic_unencrypted");
        }
        int wanted = request.query().startsWith("keyEpoch=")
                ? Integer.parseInt(request.query().substring("keyEpoch=".length()))
                : epoch;
        ObjectNode copy = copies.get(own() + "/" + wanted);
        return copy == null
                ? Reply.error(404, "key_not_sealed_for_member")
                : Reply.ok(copy.deepCopy().put("rotationDue", rotationDue && wanted == epoch));
    }

    private String own() {
        return "member-of-crew";
    }

    private synchronized Reply pending() {
        ArrayNode waiting = Output.array();
        members.keySet().stream()
                .filter(id -> !copies.containsKey(id + "/" + epoch))
                .forEach(id -> waiting.addObject()
                        .put("memberId", id)
                        .put("pubkey", member(id).publicKey())
                        .put("displayName", id));
        ObjectNode body = object().put("topic", "ops").put("keyEpoch", epoch);
        body.set("pending", epoch == 0 ? Output.array() : waiting);
        return Reply.ok(body);
    }

    private synchronized Reply seal(Request request) {
        keep(
                request.body().path("memberId").asText(),
                request.body().path("keyEpoch").asInt(),
                copy(request, member(own()).publicKey()));
        return Reply.ok(object().put("topic", "ops").put("sealedAt", "now"));
    }

    private synchronized Reply claim(Request request) {
        int wanted = request.body().path("keyEpoch").asInt();
        if (wanted != epoch + 1 || epoch > 0 && !rotationDue) {
            return Reply.error(409, "already_encrypted");
        }
        rotationDue = false;
        keep(
                own(),
                wanted,
                copy(request, request.body().path("encryptedKeyPubkey").asText()));
        return Reply.ok(object().put("claimed", true));
    }

    private static Copy.Found copy(Request request, String sealedBy) {
        return new Copy.Found(
                new Sealed(
                        request.body().path("nonce").asText(),
                        request.body().path("encryptedKey").asText()),
                1,
                false,
                sealedBy,
                sealedBy);
    }

    private synchronized Reply messages(Request request) {
        if (failingPages > 0) {
            failingPages--;
            return Reply.error(503, "error.not_stored");
        }
        int limit = Integer.parseInt(request.query().replaceFirst(".*limit=([0-9]+).*", "$1"));
        ObjectNode body = object().put("topic", "ops").put("topicId", TOPIC_ID);
        ArrayNode rows = body.putArray("messages");
        for (int i = posts.size() - 1; i >= 0 && rows.size() < limit; i--) {
            rows.add(posts.get(i));
        }
        return Reply.ok(body);
    }

    private Reply post(Request request) {
        String id = "post" + request.body().path("nonce").asText().hashCode();
        return Reply.ok(object().put("messageId", id)
                .put("historyId", id)
                .put("topic", "ops")
                .put("topicId", TOPIC_ID)
                .put("notifications", request.body().path("mentions").size()));
    }

    private synchronized Reply membersReply() {
        ObjectNode body = object();
        ArrayNode rows = body.putArray("members");
        members.keySet()
                .forEach(id -> rows.addObject()
                        .put("memberId", id)
                        .put("pubkey", member(id).publicKey())
                        .put("displayName", id));
        return Reply.ok(body);
    }

    private void stream(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        resumedBehind.add(last == null ? "" : last);
        try (exchange) {
            int status = streamStatus();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            if (status != 200) {
                out.write(refusal().getBytes(StandardCharsets.UTF_8));
                return;
            }
            write(out, "event: ready\ndata: {\"topic\":\"ops\"}\n\n");
            serve(out, last);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int streamStatus() {
        if (archived) {
            return 404;
        }
        return failures.isEmpty() ? 200 : failures.remove();
    }

    /** Only what has been loaded knows the topic. */
    private synchronized String refusal() {
        return archived ? "{\"error\":\"topic_not_found\"}" : "<html>not yet</html>";
    }

    private void serve(OutputStream out, String last) throws IOException, InterruptedException {
        int next = behind(last);
        int generation = generation();
        while (true) {
            ObjectNode row;
            synchronized (this) {
                while (next >= posts.size() && broken == generation && !archived) {
                    wait();
                }
                if (broken != generation || archived) {
                    return;
                }
                row = posts.get(next++);
            }
            write(
                    out,
                    ": beat\nevent: message\ndata: " + row + "\nid: "
                            + row.path("id").asText() + "\n\n");
        }
    }

    private synchronized int generation() {
        return broken;
    }

    private synchronized int behind(String last) {
        for (int i = 0; i < posts.size(); i++) {
            if (posts.get(i).path("id").asText().equals(last)) {
                return i + 1;
            }
        }
        return posts.size();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

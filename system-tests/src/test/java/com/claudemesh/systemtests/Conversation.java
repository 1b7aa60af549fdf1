package com.claudemesh.systemtests;

import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.sdk.IncomingMessage;
import com.claudemesh.sdk.MeshClient;
import com.claudemesh.sdk.MeshListener;
import com.claudemesh.sdk.OutgoingMessage;
import com.claudemesh.sdk.Receipt;
import com.claudemesh.systemtests.harness.Person;
import com.claudemesh.systemtests.harness.RawPeer;
import com.claudemesh.systemtests.harness.RestClient;
import com.claudemesh.systemtests.harness.RunningCommand;
import com.claudemesh.systemtests.harness.Server;
import com.claudemesh.systemtests.harness.StreamFollower;
import com.claudemesh.systemtests.harness.TestMember;
import com.claudemesh.systemtests.harness.TestMesh;
import com.claudemesh.systemtests.harness.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A private topic in use while its server is killed: two agents and a bot post to it, and others read it in every way there is.
 * Runs once; afterwards it tells what each of them has seen.
 */
final class Conversation {
    static final String TOPIC = "war-room";
    /** In every post, to be searched for. */
    static final String WORD = "quokka";

    private static final int POSTS_EACH = 8;
    private static final int KILLED_AFTER = 10;
    private static final String LAST = "the end of the " + WORD;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Whoever has a part in it, in the order of the mesh's members; the first administers the mesh. */
    enum Part {
        ADMIN,
        ALICE,
        BERT,
        BOT,
        TAIL,
        AWAY,
        OUTSIDER,
        BANNED
    }

    private final TestMesh mesh;
    private final Map<Part, RestClient> keys = new EnumMap<>(Part.class);
    private final Map<Part, Queue<String>> pushed = new EnumMap<>(Part.class);
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private RestClient scopedElsewhere;
    private RestClient withoutRead;
    private long serverPid;
    private List<String> streamed;
    private int streamResumed;
    private List<String> printed;

    private Conversation(Server server) throws Exception {
        mesh = TestMesh.with(server, Part.values().length);
        prepareTopic();
        takePlace();
    }

    static Conversation through(Server server) throws Exception {
        return new Conversation(server);
    }

    private void prepareTopic() {
        try (RawPeer lead = connect(Part.ALICE)) {
            lead.request(RawPeer.frame("topic_create").put("name", TOPIC).put("visibility", "private"));
            for (Part part : List.of(Part.BERT, Part.BOT, Part.TAIL, Part.AWAY, Part.BANNED)) {
                lead.request(RawPeer.frame("topic_invite")
                        .put("topic", TOPIC)
                        .put("member", member(part).memberId()));
            }
            scopedElsewhere = RestClient.made(mesh.server(), lead, List.of("read", "send"), List.of("general"));
            withoutRead = RestClient.made(mesh.server(), lead, List.of("send"), null);
        }
        for (Part part : List.of(Part.BOT, Part.AWAY, Part.OUTSIDER, Part.BANNED)) {
            try (RawPeer peer = connect(part)) {
                keys.put(part, RestClient.made(mesh.server(), peer, List.of("read", "send"), null));
            }
        }
        try (RawPeer admin = connect(Part.ADMIN)) {
            admin.request(RawPeer.frame("ban").put("target", member(Part.BANNED).publicKey()));
        }
    }

    private void takePlace() throws Exception {
        serverPid = mesh.server().serverPid();
        ExecutorService posters = Executors.newFixedThreadPool(3);
        try (MeshClient alice = online(Part.ALICE);
                MeshClient bert = online(Part.BERT);
                MeshClient outsider = online(Part.OUTSIDER);
                StreamFollower stream = new StreamFollower(keys.get(Part.BOT), TOPIC);
                RunningCommand tail = Person.named("tail")
                        .belongingTo(mesh.seat(Part.TAIL.ordinal()))
                        .starts("topic", "tail", TOPIC, "--json")) {
            Waiting.until("the stream has begun", PATIENCE, stream::started);
            postAs(alice, "welcome to the " + WORD);
            tail.lines(1);
            List<Future<?>> all = List.of(
                    posters.submit(posting(text -> postAs(alice, text), "alice")),
                    posters.submit(posting(text -> postAs(bert, text), "bert")),
                    posters.submit(posting(this::postAsBot, "bot")));
            for (Future<?> each : all) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            postAsBot(LAST);
            try (MeshClient away = online(Part.AWAY)) {
                awaitLast(Part.ALICE, Part.BERT, Part.AWAY);
            }
            Waiting.until(
                    "the stream has the last post",
                    PATIENCE,
                    () -> textsOf(stream).contains(LAST));
            tail.prints(LAST);
            streamed = textsOf(stream);
            streamResumed = stream.timesResumed();
            printed = tail.lines(1).stream()
                    .map(post -> post.path("message").asText())
                    .toList();
        } finally {
            posters.shutdownNow();
        }
    }

    private interface Posting {
        void post(String text) throws Exception;
    }

    private static Callable<Void> posting(Posting poster, String name) {
        return () -> {
            for (int i = 0; i < POSTS_EACH; i++) {
                poster.post(name + " has seen " + i + " " + WORD);
            }
            return null;
        };
    }

    private void postAs(MeshClient agent, String text) throws Exception {
        Receipt receipt = agent.send(new OutgoingMessage("#" + TOPIC, text, Priority.NOW, null))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!(receipt instanceof Receipt.Stored)) {
            throw new AssertionError(text + ": " + receipt);
        }
        acknowledged(text);
    }

    /** Mentions whoever could come to see something by that. */
    private void postAsBot(String text) {
        ObjectNode message = RestClient.message(TOPIC, text);
        for (Part part : List.of(Part.ALICE, Part.AWAY, Part.OUTSIDER, Part.BANNED)) {
            message.withArray("mentions").add(member(part).displayName());
        }
        keys.get(Part.BOT).saysOnce(message);
        acknowledged(text);
    }

    private void acknowledged(String text) {
        acknowledged.add(text);
        if (acknowledgements.incrementAndGet() == KILLED_AFTER) {
            Server.kill(serverPid);
        }
    }

    private MeshClient online(Part part) throws Exception {
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        pushed.put(part, texts);
        MeshClient client = TopicTraffic.client(mesh.server(), member(part))
                .listener(new MeshListener() {
                    @Override
                    public void onMessage(IncomingMessage message) {
                        texts.add(message.text());
                    }
                })
                .build();
        client.connect().get(20, TimeUnit.SECONDS);
        return client;
    }

    private void awaitLast(Part... parts) {
        for (Part part : parts) {
            Waiting.until(
                    part + " has the last post",
                    PATIENCE,
                    () -> pushed.get(part).contains(LAST));
        }
    }

    private static List<String> textsOf(StreamFollower stream) {
        return stream.messages().stream().map(event -> text(event.json())).toList();
    }

    private static String text(JsonNode row) {
        return new String(Base64.getDecoder().decode(row.path("ciphertext").asText()), StandardCharsets.UTF_8);
    }

    RawPeer connect(Part part) {
        return RawPeer.connect(mesh.server(), member(part));
    }

    TestMember member(Part part) {
        return mesh.member(part.ordinal());
    }

    Server server() {
        return mesh.server();
    }

    /** A key of that member that may read and send. */
    RestClient key(Part part) {
        return keys.get(part);
    }

    /** Of a member of the topic, but for {@code #general} only. */
    RestClient keyScopedElsewhere() {
        return scopedElsewhere;
    }

    /** Of a member of the topic. */
    RestClient keyWithoutRead() {
        return withoutRead;
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** The texts of all pages of the history, oldest first. */
    List<String> history() {
        List<String> texts = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode rows = keys.get(Part.BOT)
                    .get("/topics/" + TOPIC + "/messages?limit=9" + cursor)
                    .json()
                    .path("messages");
            rows.forEach(row -> texts.add(text(row)));
            cursor = rows.isEmpty()
                    ? null
                    : "&before=" + rows.get(rows.size() - 1).path("id").asText();
        }
        Collections.reverse(texts);
        return texts;
    }

    /** What an agent was sent, live or when it came back. */
    List<String> pushedTo(Part part) {
        return List.copyOf(pushed.get(part));
    }

    List<String> streamed() {
        return streamed;
    }

    int timesStreamResumed() {
        return streamResumed;
    }

    /** What {@code topic tail} has printed. */
    List<String> printed() {
        return printed;
    }
}

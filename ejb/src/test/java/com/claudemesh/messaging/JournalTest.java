package com.claudemesh.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.audit.AuditEvent;
import com.claudemesh.audit.PreparedEvent;
import com.claudemesh.protocol.frame.Priority;
import com.claudemesh.protocol.id.Ids;
import com.claudemesh.testing.TestDatabase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final JournalSettings SETTINGS = new JournalSettings(200, 0, 1_000, 8_000, 30_000, 0);

    private final DataSource database = TestDatabase.freshPooled();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final Fanouts fanouts = new Fanouts(new FanoutStore("node"), 30_000);
    private Journal journal;

    @BeforeEach
    void start() {
        Journal.Extension nothing = (first, batch) -> (connection, last, fresh) -> () -> {};
        journal = new Journal(
                losingAnswers(), new MessageStore("node"), fanouts, Clock.systemUTC(), SETTINGS, nothing, Thread::new);
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    @Test
    void submit_answerOfTheCommitIsLost_everythingIsStoredOnceAndKnown() throws Exception {
        answersToLose.set(1);
        Result direct = submit(message("bob", null), 1);
        Result multicast = submit(message("*", null), Fanouts.MIN_RECIPIENTS);
        journal.start();

        assertThat(direct.get()).startsWith("stored");
        assertThat(multicast.get()).startsWith("stored");
        assertThat(answersToLose).hasValue(0);
        assertThat(count("mesh.message")).isEqualTo(2);
        assertThat(count("mesh.delivery WHERE claimed_by = 'node'")).isEqualTo(1);
        assertThat(count("mesh.fanout")).isEqualTo(1);
        assertThat(fanouts.size()).isEqualTo(1);
    }

    @Test
    void submit_repeatsBetweenOthers_othersAreStoredInTheirOrder() throws Exception {
        List<Result> others = new ArrayList<>();
        List<Result> repeats = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            others.add(submit(message("bob", "own-" + i), 1));
            if (i % 10 == 0) {
                repeats.add(submit(message("bob", "again"), 1));
            }
        }
        journal.start();

        List<Long> numbers = new ArrayList<>();
        for (Result other : others) {
            numbers.add(Long.parseLong(other.get().substring("stored ".length())));
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        String first = repeats.get(0).message.id();
        assertThat(repeats.get(0).get()).startsWith("stored");
        for (Result repeat : repeats.subList(1, repeats.size())) {
            assertThat(repeat.get()).isEqualTo("duplicate of " + first);
        }
        assertThat(count("mesh.message")).isEqualTo(151);
        assertThat(count("mesh.delivery")).isEqualTo(151);
    }

    private static Message message(String target, String clientMessageId) {
        Message.Sender sender = new Message.Sender("alice", "alice-key", null, "presence", "Alice");
        Message.Extras extras = new Message.Extras(null, clientMessageId, null, null, null);
        return new Message(
                Ids.next(), "mesh", sender, target, Priority.NOW, "nonce", "text", extras, NOW, NOW.plusSeconds(3600));
    }

    private Result submit(Message message, int recipients) {
        Result result = new Result(message);
        List<Submission.Copy> copies = IntStream.range(0, recipients)
                .mapToObj(i -> new Recipient("member" + i, null))
                .map(recipient -> new Submission.Copy(recipient, new MailboxWorld().mailbox, true))
                .toList();
        AuditEvent event =
                new AuditEvent("mesh", "message_sent", null, null, JsonNodeFactory.instance.objectNode(), NOW);
        assertThat(journal.submit(new Submission(message, copies, PreparedEvent.of(event), System.nanoTime(), result)))
                .isTrue();
        return result;
    }

    private static final class Result implements Submission.Outcome {
        private final Message message;
        private final CompletableFuture<String> outcome = new CompletableFuture<>();

        Result(Message message) {
            this.message = message;
        }

        String get() throws Exception {
            return outcome.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void stored(long seq) {
            outcome.complete("stored " + seq);
        }

        @Override
        public void duplicate(String firstMessageId, boolean sameRequest) {
            outcome.complete("duplicate of " + firstMessageId);
        }

        @Override
        public void failed(String reason) {
            outcome.complete("failed: " + reason);
        }
    }

    private long count(String what) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + what)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Connections that break after a commit of the journal, before they tell. */
    private DataSource losingAnswers() {
        return proxy(DataSource.class, database, (method, result) -> {
            if (!method.equals("getConnection")) {
                return result;
            }
            PGConnection direct = ((Connection) result).unwrap(PGConnection.class);
            Object breaking = Proxy.newProxyInstance(
                    JournalTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class, PGConnection.class},
                    (self, called, arguments) -> {
                        Object answer = invoke(direct, called, arguments);
                        if (called.getName().equals("commit") && answersToLose.get() > 0 && count("mesh.message") > 0) {
                            answersToLose.decrementAndGet();
                            throw new SQLException("the answer is lost", "08006");
                        }
                        return answer;
                    });
            return proxy(
                    Connection.class, (Connection) result, (name, answer) -> name.equals("unwrap") ? breaking : answer);
        });
    }

    private interface Change {
        Object apply(String method, Object result) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T target, Change change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> change.apply(method.getName(), invoke(target, method, arguments))));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package com.claudemesh.cli.message;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.GlobalOptions;
import com.claudemesh.cli.MeshOption;
import com.claudemesh.cli.RunsBare;
import com.claudemesh.cli.VerbServices;
import com.claudemesh.cli.addressing.MeshSelection;
import com.claudemesh.cli.config.ClientConfig;
import com.claudemesh.cli.config.FileGuard;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import com.claudemesh.cli.topic.LocalHistory;
import com.claudemesh.sdk.FileInboxStore;
import com.claudemesh.sdk.StoredMessage;
import com.claudemesh.sdk.topic.TopicKeyRing;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code inbox}: received messages, whichever process received them. When no session is there to receive, it first
 * fetches what the server holds. Showing a message marks it as read.
 */
@Command(description = "Show received messages, oldest first. Without a running session, fetch new ones first.")
public final class InboxCommand implements Callable<Integer>, RunsBare {
    private static final int MAX_LIMIT = 10_000;
    private static final double MAX_WAIT_SECONDS = 25;

    private final VerbServices services;

    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Mixin
    private final MeshOption meshOption = new MeshOption();

    @Option(names = "--limit", paramLabel = "n", description = "only the newest n (default: 100)")
    private int limit = 100;

    @Option(names = "--unread", description = "only those that were not shown before")
    private boolean unread;

    @Option(
            names = "--wait",
            paramLabel = "seconds",
            description = "how long no more may come before fetching ends (default: 1); 0 fetches nothing")
    private double waitSeconds = 1;

    public InboxCommand(VerbServices services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        requireWithin("--limit", limit, 1, MAX_LIMIT);
        requireWithin("--wait", waitSeconds, 0, MAX_WAIT_SECONDS);
        Output output = services.output(globals);
        ClientConfig config = services.configFile().load();
        List<Membership> meshes = new MeshSelection(config.memberships()).all(meshOption.slug());
        FileInboxStore store = services.inbox();
        if (waitSeconds > 0) {
            meshes.forEach(mesh -> fetch(mesh, services.displayName(config), store, output));
        }
        show(entries(meshes, store), output);
        return 0;
    }

    /** A running session receives already; to connect beside it would take its messages away. */
    private void fetch(Membership mesh, String displayName, FileInboxStore store, Output output) {
        Optional<FileGuard> receiving = FileGuard.tryAcquire(services.home().receiverLock(mesh.slug()));
        if (receiving.isEmpty()) {
            return;
        }
        try (FileGuard held = receiving.get()) {
            services.meshes().fetch(mesh, displayName, store, Duration.ofMillis(Math.round(waitSeconds * 1000)));
        } catch (CliException unreachable) {
            output.warn(
                    Output.safe(mesh.slug()) + ": only what was received before: " + unreachable.getMessage(),
                    unreachable.hint());
        }
    }

    private List<InboxEntry> entries(List<Membership> meshes, FileInboxStore store) {
        List<InboxEntry> entries = new ArrayList<>();
        TopicKeyRing keys = services.topicKeys();
        try {
            for (Membership mesh : meshes) {
                store.list(mesh.meshId(), limit, unread)
                        .forEach(stored -> entries.add(new InboxEntry(mesh, opened(stored, keys))));
            }
            entries.sort(Comparator.comparing(InboxEntry::receivedAt));
            List<InboxEntry> newest = entries.subList(Math.max(0, entries.size() - limit), entries.size());
            for (Membership mesh : meshes) {
                store.markSeen(mesh.meshId(), InboxEntry.unseenIds(newest, mesh));
            }
            return newest;
        } catch (IOException failed) {
            throw CliException.io("can't read the inbox: " + failed.getMessage());
        }
    }

    /** A post of a topic may have come before its key. */
    private static StoredMessage opened(StoredMessage stored, TopicKeyRing keys) {
        return LocalHistory.opened(keys, stored.message())
                .map(text -> new StoredMessage(stored.message().opened(text), stored.seen()))
                .orElse(stored);
    }

    private void show(List<InboxEntry> entries, Output output) {
        ArrayNode records = Output.array();
        entries.forEach(entry -> records.add(entry.json()));
        output.document(output.project(records));
        output.section((unread ? "unread messages (" : "messages (") + entries.size() + ")");
        if (entries.isEmpty()) {
            output.text("  (none)");
        }
        entries.forEach(entry -> entry.show(output, services.host().clock().instant()));
    }

    private static void requireWithin(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw CliException.invalid(option + " must be between " + Math.round(least) + " and " + Math.round(most));
        }
    }
}

package com.claudemesh.cli.rest;

import com.claudemesh.cli.CliException;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.ApiKeyCreate;
import com.claudemesh.protocol.frame.ApiKeyCreated;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A key of five minutes that is replaced before it ends and revoked when it is done with, also when the process is told to
 * stop. Safe for any thread.
 */
public final class ShortLivedKey implements AutoCloseable {
    static final Duration LIFE = Duration.ofMinutes(5);
    /** What is asked with a key may take a while, and clocks differ. */
    static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(1);

    private final Purpose purpose;
    private final KeyDesk desk;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final Thread whenKilled;
    private @Nullable ApiKeyCreated current;
    private Instant renewAt = Instant.MIN;
    private boolean closed;

    /**
     * @param name of what asks, for {@code apikey list}
     * @param topics the only topics that it is for; null for all
     */
    public record Purpose(
            String name,
            List<ApiKeyCapability> capabilities,
            @Nullable List<String> topics) {
        String label() {
            return "cli-" + name + "-" + ProcessHandle.current().pid();
        }
    }

    /**
     * @param emergency revokes when the process is killed meanwhile; must not share a connection with the desk
     * @param warnings told when a key could not be revoked, which then ends by itself
     */
    public ShortLivedKey(Purpose purpose, KeyDesk desk, KeyDesk emergency, Clock clock, Consumer<String> warnings) {
        this.purpose = purpose;
        this.desk = desk;
        this.clock = clock;
        this.warnings = warnings;
        this.whenKilled = new Thread(() -> end(emergency), "key-revoker");
        Runtime.getRuntime().addShutdownHook(whenKilled);
    }

    /**
     * The secret of a key that works for at least another minute.
     *
     * @throws CliException when no key can be made
     */
    public String secret() {
        ApiKeyCreated outlived = null;
        String secret;
        synchronized (this) {
            if (closed) {
                throw CliException.network("the process is ending");
            }
            if (current == null || !clock.instant().isBefore(renewAt)) {
                Instant now = clock.instant();
                outlived = current;
                current = desk.mint(new ApiKeyCreate(
                        purpose.label(),
                        purpose.capabilities(),
                        purpose.topics(),
                        now.plus(LIFE).toString()));
                renewAt = now.plus(LIFE).minus(RENEWED_BEFORE_END);
            }
            secret = current.secret();
        }
        revoke(outlived, desk);
        return secret;
    }

    /** When {@link #secret} will answer another one. */
    public synchronized Instant renewAt() {
        return renewAt;
    }

    /** The server has refused the key: the next secret is another one. */
    public synchronized void renew() {
        renewAt = Instant.MIN;
    }

    @Override
    public void close() {
        end(desk);
        try {
            Runtime.getRuntime().removeShutdownHook(whenKilled);
        } catch (IllegalStateException stopping) {
            // The hook finds nothing left to revoke.
            return;
        }
    }

    private void end(KeyDesk last) {
        ApiKeyCreated left;
        synchronized (this) {
            closed = true;
            left = current;
            current = null;
        }
        revoke(left, last);
    }

    private void revoke(@Nullable ApiKeyCreated key, KeyDesk at) {
        if (key == null) {
            return;
        }
        try {
            at.revoke(key.id());
        } catch (CliException failed) {
            warnings.accept("a key could not be revoked; it ends by itself within " + LIFE.toMinutes() + " minutes: "
                    + failed.getMessage());
        }
    }
}

package com.claudemesh.presence;

import com.claudemesh.protocol.frame.Hello;
import com.claudemesh.protocol.frame.SessionHello;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client said about itself in the hello. Not verified; shown to others as it is. */
public record ClientInfo(
        String sessionId,
        long pid,
        String cwd,
        @Nullable String hostname,
        @Nullable String peerType,
        @Nullable String channel,
        @Nullable String model,
        Set<String> capabilities) {

    public ClientInfo {
        capabilities = Set.copyOf(capabilities);
    }

    static ClientInfo of(Hello hello) {
        return new ClientInfo(
                hello.sessionId(),
                hello.pid() == null ? 0 : hello.pid(),
                hello.cwd() == null ? "" : hello.cwd(),
                hello.hostname(),
                hello.peerType(),
                hello.channel(),
                hello.model(),
                hello.capabilities() == null ? Set.of() : Set.copyOf(hello.capabilities()));
    }

    static ClientInfo of(SessionHello hello) {
        return new ClientInfo(
                hello.sessionId(),
                hello.pid() == null ? 0 : hello.pid(),
                hello.cwd() == null ? "" : hello.cwd(),
                hello.hostname(),
                hello.peerType(),
                hello.channel(),
                hello.model(),
                hello.capabilities() == null ? Set.of() : Set.copyOf(hello.capabilities()));
    }

    public boolean announces(String capability) {
        return capabilities.contains(capability);
    }

    /** This, with what it leaves open taken from an earlier connection of the same client. */
    ClientInfo orElse(ClientInfo earlier) {
        return new ClientInfo(
                sessionId,
                pid == 0 ? earlier.pid : pid,
                cwd.isEmpty() ? earlier.cwd : cwd,
                hostname == null ? earlier.hostname : hostname,
                peerType == null ? earlier.peerType : peerType,
                channel == null ? earlier.channel : channel,
                model == null ? earlier.model : model,
                capabilities);
    }
}

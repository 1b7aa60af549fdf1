package com.claudemesh.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;

/** Hands the running messaging service to whoever injects it; before messaging has started there is none. */
@ApplicationScoped
public class MessagingDoor {
    private volatile @Nullable MessagingService service;

    void open(MessagingService running) {
        service = running;
    }

    @Produces
    public MessagingService service() {
        MessagingService running = service;
        if (running == null) {
            throw new IllegalStateException("messaging has not started");
        }
        return running;
    }
}

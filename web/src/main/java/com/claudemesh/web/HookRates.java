package com.claudemesh.web;

import com.claudemesh.platform.RateLimiter;
import com.claudemesh.platform.Settings;
import com.claudemesh.presence.HookReport;
import com.claudemesh.protocol.crypto.primitive.Digests;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * How often hooks may report: per coding session, as the protocol says, and per network address, because the session is
 * what the caller says it is. Safe for any thread.
 */
@ApplicationScoped
public class HookRates {

    @Inject
    Settings settings;

    private RateLimiter ofSessions;
    private RateLimiter ofAddresses;

    @PostConstruct
    void start() {
        int perSession = settings.presence().hookRatePerMinute();
        int perAddress = settings.presence().hookRatePerAddressPerMinute();
        ofSessions = new RateLimiter(perSession, perSession, System::nanoTime);
        ofAddresses = new RateLimiter(perAddress, perAddress, System::nanoTime);
    }

    /** Milliseconds until the address may report again; 0 when it may. */
    long waitForAddress(String clientAddress) {
        return ofAddresses.tryAcquire(clientAddress);
    }

    /** Milliseconds until the session may report again; 0 when it may. */
    long waitForSession(HookReport report) {
        // A digest, because folders are as long as the caller likes and buckets are kept for minutes.
        String session = report.clientAddress() + " " + report.pid() + ":" + report.cwd();
        return ofSessions.tryAcquire(Digests.sha256Hex(session));
    }
}

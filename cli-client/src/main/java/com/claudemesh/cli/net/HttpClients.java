package com.claudemesh.cli.net;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** HTTP clients that start fast. */
public final class HttpClients {
    private HttpClients() {}

    /**
     * A client for addresses like this one. A client without encryption would read the whole trust store all the same,
     * which takes longer than the rest of a command; it gets one that trusts nobody instead.
     */
    public static HttpClient forAddress(String url, Duration connectTimeout) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(connectTimeout);
        String scheme = url.toLowerCase(Locale.ROOT);
        boolean encrypted = scheme.startsWith("https:") || scheme.startsWith("wss:");
        return encrypted ? client.build() : client.sslContext(trustsNobody()).build();
    }

    private static SSLContext trustsNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has TLS", impossible);
        }
    }
}

package com.claudemesh.distribution;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Asks the server whether clients may be sent to it. */
record Readiness(String localBase) {
    private static final int TIMEOUT_MILLIS = 5_000;

    boolean holds() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(localBase + "/health/ready").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}

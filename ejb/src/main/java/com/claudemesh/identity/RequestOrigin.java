package com.claudemesh.identity;

/**
 * Where a request came from, as far as the server knows.
 *
 * @param address network address of the client, or of the last proxy that is not trusted
 * @param userAgent what the client calls itself; cut to 200 visible ASCII characters
 */
public record RequestOrigin(String address, String userAgent) {
    private static final int MAX_AGENT_CHARS = 200;

    public RequestOrigin {
        String printable = userAgent.replaceAll("[^ -~]", "?");
        userAgent = printable.substring(0, Math.min(MAX_AGENT_CHARS, printable.length()));
    }
}

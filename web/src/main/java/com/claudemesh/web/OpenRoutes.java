package com.claudemesh.web;

import com.claudemesh.presence.NetworkAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Routes that do work for callers without a credential, and therefore count against their address. */
final class OpenRoutes {
    private static final List<String> REQUESTS = List.of(
            "/join",
            "/i/",
            "/api/public/",
            "/invites/",
            "/sign-in/",
            "/auth/",
            "/register",
            "/api/auth/",
            "/cli/device-code",
            "/cli/session/revoke",
            "/cli-sync",
            "/mesh/");
    private static final List<String> POLLS = List.of("/cli/device-code/", "/api/auth/cli/device-code/");
    private static final List<String> CODES =
            List.of("/i/", "/invites/", "/api/public/invite-code/", "/api/public/invites/");
    private static final List<String> INVITATIONS = List.of("/join", "/i/");
    private static final Pattern MATRIX = Pattern.compile(";[^/]*");
    private static final int IPV6_GROUPS = 8;
    private static final int NETWORK_GROUPS = 4;

    private OpenRoutes() {}

    /** Which limit a request counts against. */
    enum Kind {
        /** Asks whether a device code was approved: clients do so every 1.5 seconds. */
        POLL,
        /** Tries a short code of an invitation. */
        CODE,
        REQUEST,
        /** None: it needs a credential, or does nothing worth limiting. */
        OTHER
    }

    /** @param written the path as the client has written it */
    static Kind kindOf(String method, String written) {
        String path = normal(written);
        if ("GET".equals(method) && POLLS.stream().anyMatch(path::startsWith)) {
            return Kind.POLL;
        }
        if (CODES.stream().anyMatch(path::startsWith)) {
            return Kind.CODE;
        }
        return REQUESTS.stream().anyMatch(path::startsWith) ? Kind.REQUEST : Kind.OTHER;
    }

    /** One spelling for all paths that lead to one route: without matrix parameters, escapes, empty segments and dots. */
    private static String normal(String written) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decoded(MATRIX.matcher(written).replaceAll("")).split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments) + (written.endsWith("/") ? "/" : "");
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }

    /** Pages whose address is a secret worth more than the comfort of a referrer. */
    static boolean isInvitation(String path) {
        return INVITATIONS.stream().anyMatch(path::startsWith);
    }

    /** One limit for a whole IPv6 network of 64 bits, in whatever spelling: that is what one subscriber has. */
    static String bucket(String address) {
        String normal = NetworkAddress.normal(address);
        String[] groups = normal.split(":", -1);
        return groups.length == IPV6_GROUPS ? String.join(":", Arrays.copyOf(groups, NETWORK_GROUPS)) : normal;
    }
}

package com.claudemesh.web.access;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an {@code Origin} header (RFC 6454) is one of this server's own. */
final class OwnOrigin {
    private OwnOrigin() {}

    /**
     * @param origin null when the client sent none, as programs do
     * @param host the request's {@code Host} header: what the browser thinks this server is
     */
    static boolean isOwn(@Nullable String origin, @Nullable String host, List<URI> configured) {
        if (origin == null) {
            return true;
        }
        try {
            URI uri = new URI(origin);
            return uri.getRawAuthority() != null
                    && (uri.getRawAuthority().equalsIgnoreCase(host)
                            || configured.stream().anyMatch(own -> isSame(own, uri)));
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    private static boolean isSame(URI own, URI origin) {
        return own.getScheme().equals(origin.getScheme())
                && own.getRawAuthority().equalsIgnoreCase(origin.getRawAuthority());
    }
}

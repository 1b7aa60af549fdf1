package com.claudemesh.web.v1;

import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests that a page of another site could make with a plain form, without asking the server first (http §4). */
final class FormRequest {
    private static final Set<String> FORM_TYPES =
            Set.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data");

    private FormRequest() {}

    /** @param type null when the request names none */
    static boolean isPossible(@Nullable MediaType type) {
        return type == null || FORM_TYPES.contains((type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT));
    }

    static boolean isOwnOrigin(@Nullable String origin, List<URI> own) {
        return origin != null && own.stream().anyMatch(uri -> origin.equalsIgnoreCase(originOf(uri)));
    }

    private static String originOf(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}

package com.claudemesh.web.account;

import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Sends a browser on after a form (RFC 9110 §15.4.4), so that going back does not repeat it. */
final class Redirect {
    private Redirect() {}

    /** @param path on this server */
    static Response to(String path, NewCookie... cookies) {
        return Response.seeOther(URI.create(path))
                .cookie(cookies)
                .header("Cache-Control", "no-store")
                .build();
    }
}

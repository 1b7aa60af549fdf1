package com.claudemesh.web.access;

import com.claudemesh.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;

/** Where a request comes from, trusted proxies left out. */
@ApplicationScoped
public class ClientAddress {

    @Inject
    private Settings settings;

    public String of(HttpServletRequest request) {
        return settings.accounts()
                .trustedProxies()
                .client(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
    }
}

package com.claudemesh.web.access;

import com.claudemesh.platform.AddressRange;
import com.claudemesh.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Where a request comes from. {@code X-Forwarded-For} is believed as far as trusted proxies wrote it: from the right, up to
 * the first address that is no trusted proxy. Without trusted proxies it is ignored.
 */
@ApplicationScoped
public class ClientAddress {

    @Inject
    private Settings settings;

    public String of(HttpServletRequest request) {
        return of(
                request.getRemoteAddr(),
                request.getHeader("X-Forwarded-For"),
                settings.accounts().trustedProxies());
    }

    static String of(
            String socketAddress, @org.jspecify.annotations.Nullable String forwarded, List<AddressRange> trusted) {
        String address = socketAddress;
        String[] hops = forwarded == null ? new String[0] : forwarded.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(address, trusted); i--) {
            String hop = hops[i].strip();
            if (AddressRange.parse(hop).isEmpty() || hop.contains("/")) {
                break;
            }
            address = hop;
        }
        return address;
    }

    private static boolean isTrusted(String address, List<AddressRange> trusted) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }
}

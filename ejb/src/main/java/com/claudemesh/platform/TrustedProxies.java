package com.claudemesh.platform;

import java.util.List;

/**
 * Where a request comes from when proxies stand before the server. {@code X-Forwarded-For} is believed as far as trusted
 * proxies wrote it: from the right, up to the first address that is no trusted proxy. Without trusted proxies it is ignored.
 */
public record TrustedProxies(List<AddressRange> ranges) {

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /**
     * The client's address.
     *
     * @param socketAddress of whoever connected
     * @param forwarded every value of {@code X-Forwarded-For}, in their order: proxies may add a header of their own
     */
    public String client(String socketAddress, List<String> forwarded) {
        String address = socketAddress;
        String[] hops = forwarded.isEmpty()
                ? new String[0]
                : String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(address); i--) {
            String hop = hops[i].strip();
            if (AddressRange.parse(hop).isEmpty() || hop.contains("/")) {
                break;
            }
            address = hop;
        }
        return address;
    }

    private boolean isTrusted(String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}

package com.claudemesh.presence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Network addresses in one spelling, so that two of the same host compare equal. */
public final class NetworkAddress {
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F.:]{2,45}");

    private NetworkAddress() {}

    /**
     * The address without zone, IPv4 in IPv6 as IPv4, every loopback address as {@code loopback}; empty for anything that
     * is no address. Never asks a name service.
     */
    public static String normal(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        if (!LITERAL.matcher(literal).matches()) {
            return "";
        }
        try {
            InetAddress parsed = InetAddress.getByName(literal);
            return parsed.isLoopbackAddress() ? "loopback" : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}

package com.claudemesh.presence;

/**
 * How a connection came about.
 *
 * @param sessionConnection opened by {@code session_hello}
 * @param clientAddress the network address it came from; empty when unknown, and then it equals no other
 */
record PeerOrigin(boolean sessionConnection, String clientAddress) {
    static final PeerOrigin UNKNOWN = new PeerOrigin(false, "");

    boolean isFrom(String address) {
        return !clientAddress.isEmpty() && clientAddress.equals(address);
    }
}

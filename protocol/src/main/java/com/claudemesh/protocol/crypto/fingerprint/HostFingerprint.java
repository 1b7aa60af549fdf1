package com.claudemesh.protocol.crypto.fingerprint;

import com.claudemesh.protocol.crypto.primitive.Digests;
import com.claudemesh.protocol.encoding.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Recognises that a client's files were copied to another machine.
 *
 * @param hostId the operating system's machine id with its prefix, or empty
 * @param stableMac MAC address of the chosen interface, or empty
 */
public record HostFingerprint(String hostId, String stableMac) {

    private static final byte[] ZERO = {0};
    private static final byte[] SECOND_VERSION = {'v', '2'};
    private static final int LOCALLY_ADMINISTERED_BIT = 0x02;
    private static final String ZERO_MAC = "00:00:00:00:00:00";
    private static final Pattern VIRTUAL_NAME = Pattern.compile(
            "(?:lo|docker|br-|bridge|veth|tap|tun|tailscale|wg|utun|ppp|vboxnet|vmnet|awdl|llw|anpi|ap[0-9]).*",
            Pattern.CASE_INSENSITIVE);

    /**
     * A network interface as the system lists it.
     *
     * @param mac six hexadecimal pairs with colons
     * @param internal loopback
     */
    public record NetworkInterfaceAddress(String name, String mac, boolean internal) {}

    /** How a stored fingerprint compares with this machine. */
    public enum Comparison {
        MATCH,
        /** The stored form is of version 1, or only the network card changed: write it anew. */
        MATCH_REWRITE,
        MISMATCH,
        /** This machine has neither an id nor a usable network card. */
        UNAVAILABLE
    }

    /** The fingerprint of version 2, 64 lowercase hexadecimal digits. */
    public String versionTwo() {
        return Hex.encode(Digests.sha256(SECOND_VERSION, ZERO, utf8(hostId), ZERO, utf8(stableMac)));
    }

    /** The fingerprint of version 1, only to recognise old files. */
    public String versionOne() {
        return Hex.encode(Digests.sha256(utf8(hostId), ZERO, utf8(stableMac)));
    }

    /** Compares a stored fingerprint and host id with this machine. */
    public Comparison compare(String storedFingerprint, String storedHostId) {
        if (hostId.isEmpty() && stableMac.isEmpty()) {
            return Comparison.UNAVAILABLE;
        }
        if (storedFingerprint.equals(versionTwo())) {
            return Comparison.MATCH;
        }
        boolean sameHost = !hostId.isEmpty() && hostId.equals(storedHostId);
        return sameHost || storedFingerprint.equals(versionOne()) ? Comparison.MATCH_REWRITE : Comparison.MISMATCH;
    }

    /**
     * The address that stays the same across reboots: of the first real interface by name, those with a universally
     * administered address before the others; empty if there is none.
     */
    public static String stableMac(Collection<NetworkInterfaceAddress> interfaces) {
        return interfaces.stream()
                .filter(address -> !address.internal())
                .filter(address -> !address.mac().isEmpty() && !address.mac().equals(ZERO_MAC))
                .filter(address -> !VIRTUAL_NAME.matcher(address.name()).matches())
                .min(Comparator.<NetworkInterfaceAddress, Boolean>comparing(
                                address -> isLocallyAdministered(address.mac()))
                        .thenComparing(NetworkInterfaceAddress::name))
                .map(NetworkInterfaceAddress::mac)
                .orElse("");
    }

    /**
     * Whether an address was made up by software (IEEE 802 U/L bit).
     *
     * @throws IllegalArgumentException if the text does not begin with two hexadecimal digits
     */
    public static boolean isLocallyAdministered(String mac) {
        return (Hex.decode(mac.substring(0, Math.min(2, mac.length())))[0] & LOCALLY_ADMINISTERED_BIT) != 0;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

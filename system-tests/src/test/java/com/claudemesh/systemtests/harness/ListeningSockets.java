package com.claudemesh.systemtests.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP sockets that a process listens on, and the UDP sockets that it has bound, as the kernel lists them. */
public final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final String BOUND = "07";

    private ListeningSockets() {}

    /** Such as {@code tcp 127.0.0.1:7900}, or {@code tcp *:7900} for every interface. */
    public static Set<String> of(long pid) throws IOException {
        Set<String> inodes = socketInodes(pid);
        Set<String> sockets = new TreeSet<>();
        for (String protocol : List.of("tcp", "tcp6")) {
            collect("/proc/" + pid + "/net/" + protocol, "tcp", LISTEN, inodes, sockets);
        }
        for (String protocol : List.of("udp", "udp6")) {
            collect("/proc/" + pid + "/net/" + protocol, "udp", BOUND, inodes, sockets);
        }
        return sockets;
    }

    private static void collect(String table, String protocol, String state, Set<String> inodes, Set<String> sockets)
            throws IOException {
        List<String> lines = Files.readAllLines(Path.of(table));
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.strip().split("\\s+");
            if (columns[3].equals(state) && inodes.contains(columns[9])) {
                sockets.add(protocol + " " + address(columns[1]));
            }
        }
    }

    private static Set<String> socketInodes(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (java.nio.file.NoSuchFileException e) {
            return "closed meanwhile";
        }
    }

    /** The kernel prints addresses as words in the machine's byte order. */
    private static String address(String column) throws IOException {
        String[] parts = column.split(":");
        ByteBuffer printed = ByteBuffer.wrap(HexFormat.of().parseHex(parts[0])).order(ByteOrder.BIG_ENDIAN);
        ByteBuffer bytes = ByteBuffer.allocate(printed.capacity()).order(ByteOrder.nativeOrder());
        while (printed.hasRemaining()) {
            bytes.putInt(printed.getInt());
        }
        InetAddress address = InetAddress.getByAddress(bytes.array());
        String host = address.isAnyLocalAddress() ? "*" : address.getHostAddress();
        return host + ":" + Integer.parseInt(parts[1], 16);
    }
}

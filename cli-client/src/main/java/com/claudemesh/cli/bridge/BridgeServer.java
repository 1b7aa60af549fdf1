package com.claudemesh.cli.bridge;

import com.claudemesh.cli.config.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a Unix domain socket of mode 0600 in a directory of mode 0700. The last process that opens a path has it:
 * the socket is put in place in one step, over whatever another process, dead or alive, left there. Safe for any thread.
 */
public final class BridgeServer implements AutoCloseable {
    /** Verbs are short; more at a time than this are turned away. */
    static final int MAX_CONNECTIONS = 32;

    private final ServerSocketChannel listener;
    private final Path path;
    private final @Nullable Object inode;
    private final BridgeHandler handler;
    private final Set<BridgeConnection> connections = ConcurrentHashMap.newKeySet();

    private BridgeServer(ServerSocketChannel listener, Path path, BridgeHandler handler) throws IOException {
        this.listener = listener;
        this.path = path;
        this.handler = handler;
        this.inode = inode(path);
    }

    /**
     * Opens the socket and serves it on threads of its own.
     *
     * @throws IOException when the place can't be used, for example because the path is longer than about 100 bytes
     */
    public static BridgeServer open(Path path, BridgeHandler handler) throws IOException {
        PrivateFiles.makeDirectory(path.getParent());
        Path draft = path.resolveSibling("." + ProcessHandle.current().pid() + "." + path.hashCode());
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Files.deleteIfExists(draft);
            listener.bind(UnixDomainSocketAddress.of(draft));
            PrivateFiles.restrictToOwner(draft);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            BridgeServer server = new BridgeServer(listener, path, handler);
            Thread acceptor = new Thread(server::accept, "bridge-" + path.getFileName());
            acceptor.setDaemon(true);
            acceptor.start();
            return server;
        } catch (IOException unusable) {
            listener.close();
            Files.deleteIfExists(draft);
            throw unusable;
        }
    }

    /** Stops listening, hangs up, and removes the socket unless another process has taken its place. */
    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(BridgeConnection::close);
        if (Objects.equals(inode, inode(path))) {
            Files.deleteIfExists(path);
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (IOException closed) {
                // The listener was closed, or the verb hung up before it was served: either way nothing is owed.
                continue;
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (connections.size() >= MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        BridgeConnection connection = new BridgeConnection(channel, handler, connections::remove);
        connections.add(connection);
        connection.start();
    }

    private static @Nullable Object inode(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}

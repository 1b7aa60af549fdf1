package com.claudemesh.cli.config;

import com.claudemesh.cli.CliException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/** An advisory lock between processes, held until closed or until the process ends, however it ends. */
public final class FileGuard implements AutoCloseable {
    private final FileChannel channel;

    private FileGuard(FileChannel channel) {
        this.channel = channel;
    }

    private static FileGuard acquire(Path lockFile) {
        FileChannel channel = open(lockFile);
        try {
            channel.lock();
            return new FileGuard(channel);
        } catch (IOException failed) {
            throw unusable(lockFile, failed);
        }
    }

    /** Does the work while this process alone holds the lock. */
    public static <T> T holding(Path lockFile, Supplier<T> work) {
        FileGuard guard = acquire(lockFile);
        try {
            return work.get();
        } finally {
            guard.close();
        }
    }

    /** Takes the lock if it is free, or empty when another process, or this one, holds it or a share of it. */
    public static Optional<FileGuard> tryAcquire(Path lockFile) {
        return tryLock(lockFile, false);
    }

    /** Takes a share of the lock unless another process holds it alone; any number of processes can have a share. */
    public static Optional<FileGuard> tryShare(Path lockFile) {
        return tryLock(lockFile, true);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw CliException.io("can't release a lock: " + failed.getMessage());
        }
    }

    private static Optional<FileGuard> tryLock(Path lockFile, boolean shared) {
        FileChannel channel = open(lockFile);
        FileGuard guard = new FileGuard(channel);
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return Optional.of(guard);
            }
        } catch (OverlappingFileLockException heldHere) {
            guard.close();
            return Optional.empty();
        } catch (IOException failed) {
            throw unusable(lockFile, failed);
        }
        guard.close();
        return Optional.empty();
    }

    private static FileChannel open(Path lockFile) {
        PrivateFiles.makeDirectory(lockFile.toAbsolutePath().getParent());
        try {
            return FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw unusable(lockFile, failed);
        }
    }

    private static CliException unusable(Path lockFile, IOException cause) {
        return CliException.io("can't lock " + lockFile + ": " + cause.getMessage());
    }
}

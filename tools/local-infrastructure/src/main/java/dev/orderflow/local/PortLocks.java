package dev.orderflow.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps programs that look for free ports at the same time from finding the same one: some time passes between finding a port and
 * listening on it. Each port is one byte of a file, which its finder locks. The operating system releases the locks of a process
 * when it ends, however it ends. The file remains empty. Thread-safe.
 */
final class PortLocks {

    private static final Logger LOG = LoggerFactory.getLogger(PortLocks.class);

    /** Never closed: closing any channel of the file, in any class loader, would release all locks of the process. */
    private final @Nullable FileChannel file;

    private final Set<Integer> locked = ConcurrentHashMap.newKeySet();

    PortLocks(Path file) {
        this.file = open(file);
    }

    /** Returns whether {@code port} becomes the caller's until this process ends. Without the file, only this process keeps to it. */
    boolean lock(int port) {
        if (!locked.add(port)) {
            return false;
        }
        if (file == null) {
            return true;
        }
        try {
            if (file.tryLock(port, 1, false) != null) {
                return true;
            }
            locked.remove(port);
            return false;
        } catch (OverlappingFileLockException e) {
            return false; // Another class loader of this process has it.
        } catch (IOException e) {
            LOG.debug("port={} lock=unavailable", port, e);
            return true;
        }
    }

    private static @Nullable FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.warn("file={} lock=unavailable cause=\"{}\"", file, e.toString());
            return null;
        }
    }
}

package dev.orderflow.demo.process;

import dev.orderflow.local.RecordedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of the suite's processes, kept across runs of {@code ./demo}: a file {@code <name>.json} from the start of
 * each process to its stop. A process that is gone although its file exists has died.
 */
final class RunFolder {

    /**
     * Recorded process.
     *
     * @param killed whether {@code ./demo kill} ended the process
     */
    record Entry(long pid, String identity, boolean killed) {

        RecordedProcess process() {
            return new RecordedProcess(pid, identity);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    RunFolder(Path folder) {
        this.folder = folder;
    }

    void record(String name, RecordedProcess process) {
        write(name, new Entry(process.pid(), process.identity(), false));
    }

    void markKilled(String name) {
        find(name).ifPresent(entry -> write(name, new Entry(entry.pid(), entry.identity(), true)));
    }

    /** Returns the record of that name, whether or not its process is still running. */
    Optional<Entry> find(String name) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file(name)), Entry.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new DemoException(file(name) + " cannot be read; delete it if the process has ended.", e);
        }
    }

    boolean isRunning(String name) {
        return find(name).filter(entry -> entry.process().isAlive()).isPresent();
    }

    void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Locks an operation against other runs of {@code ./demo} until the lock is closed or this process ends in any way.
     * Empty if another run holds the lock.
     */
    Optional<FileLock> lock(String name) {
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(
                    folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock.isEmpty()) {
                channel.close();
            }
            return lock;
        } catch (IOException e) {
            throw new DemoException("Cannot write to " + folder + ": choose another folder with DEMO_HOME.", e);
        }
    }

    static void release(FileLock lock) {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // Another thread of this process holds the lock.
        }
    }

    /** Writes the file and renames it into place, so that no reader sees an incomplete one. */
    private void write(String name, Entry entry) {
        try {
            Files.createDirectories(folder);
            var unfinished = folder.resolve(name + ".json.new");
            Files.writeString(unfinished, JSON.writeValueAsString(entry));
            Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}

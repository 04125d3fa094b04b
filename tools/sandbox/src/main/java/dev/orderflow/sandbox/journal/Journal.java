package dev.orderflow.sandbox.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Append-only file with one JSON document per line. An entry whose {@link #append} has returned survives the death of
 * the process, because the operating system then holds its bytes; it is not forced to disk and may not survive the
 * death of the machine.
 * <p>
 * An entry exists once its line feed is written. A process that dies during a write leaves a line without one; the next
 * process to open the file truncates it, which is correct because its {@code append} never returned. In memory an entry
 * costs only the 8 bytes of its position, so that a long history fits a small heap.
 * <p>
 * Thread-safe. Two processes that shared a file would overwrite each other's entries; a lock rejects the second.
 */
public final class Journal<T> implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /** Number of entries per read when all are read. */
    private static final int CHUNK = 1_000;

    private final Path file;
    private final Class<T> type;
    private final JsonMapper json = JsonMapper.shared();
    private final FileChannel channel;
    private final LineIndex lines;

    private Journal(Path file, Class<T> type, FileChannel channel, LineIndex lines) {
        this.file = file;
        this.type = type;
        this.channel = channel;
        this.lines = lines;
    }

    /**
     * Opens or creates {@code file} and its folder.
     *
     * @throws IllegalStateException when it is already open, here or in another process
     * @throws UncheckedIOException when it cannot be read or written
     */
    public static <T> Journal<T> open(Path file, Class<T> type) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(channel, file);
            var lines = LineIndex.of(channel);
            cutOffTornLine(channel, lines, file);
            return new Journal<>(file, type, channel, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file.toAbsolutePath(), e);
        }
    }

    /**
     * Appends an entry and returns its number.
     *
     * @throws UncheckedIOException when it cannot be written; it is then not part of the journal
     */
    public synchronized int append(T entry) {
        var line = ByteBuffer.wrap((json.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            // Overwrites the remains of an earlier failed write, so that they can never become an entry.
            while (line.hasRemaining()) {
                channel.write(line, lines.end() + line.position());
            }
            lines.add(lines.end() + line.limit());
            return lines.count() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + file.toAbsolutePath(), e);
        }
    }

    /** {@return the number of entries} */
    public synchronized int size() {
        return lines.count();
    }

    /**
     * Reads one entry.
     *
     * @param number of an existing entry
     */
    public T read(int number) {
        return read(number, 1).getFirst();
    }

    /**
     * Returns up to {@code limit} entries in the order of appending, from number {@code offset} on, which counts from
     * 0.
     */
    public synchronized List<T> read(int offset, int limit) {
        var from = Math.min(offset, lines.count());
        var to = (int) Math.min((long) from + limit, lines.count());
        var bytes = bytesBetween(lines.start(from), lines.start(to));
        var entries = new ArrayList<T>(to - from);
        for (var number = from; number < to; number++) {
            var start = (int) (lines.start(number) - lines.start(from));
            entries.add(parse(bytes, start, (int) (lines.start(number + 1) - lines.start(number)), number));
        }
        return entries;
    }

    /** Passes every entry and its number to {@code action}, in the order of appending. */
    public void forEach(ObjIntConsumer<T> action) {
        var number = 0;
        while (number < size()) {
            for (var entry : read(number, CHUNK)) {
                action.accept(entry, number++);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private byte[] bytesBetween(long start, long end) {
        var bytes = ByteBuffer.allocate(Math.toIntExact(end - start));
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, start + bytes.position()) < 0) {
                    throw new IllegalStateException(file.toAbsolutePath() + " became shorter while it was open");
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.toAbsolutePath(), e);
        }
    }

    private T parse(byte[] bytes, int start, int length, int number) {
        try {
            return json.readValue(bytes, start, length, type);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "line " + (number + 1) + " of " + file.toAbsolutePath()
                            + " is damaged; repair it or delete the file",
                    e);
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            log.debug("file={} is open in this process", file, e);
        }
        channel.close();
        throw new IllegalStateException(
                file.toAbsolutePath() + " is in use by another sandbox; stop it or set sandbox.data to another folder");
    }

    private static void cutOffTornLine(FileChannel channel, LineIndex lines, Path file) throws IOException {
        var torn = channel.size() - lines.end();
        if (torn > 0) {
            channel.truncate(lines.end());
            log.warn("journal=truncated file={} cutOffBytes={} reason=unfinished-line", file, torn);
        }
    }
}

package dev.orderflow.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Last lines of a log file, for messages about a failed process. */
public final class LogTail {

    private static final int MAX_BYTES = 64 * 1024;

    private LogTail() {}

    /** Returns at most {@code lines} lines from the end of {@code log}; none if it does not exist. */
    public static List<String> of(Path log, int lines) {
        return of(log, 0, lines);
    }

    /** Returns the same as {@link #of(Path, int)}, but ignores what precedes byte {@code from}. */
    public static List<String> of(Path log, long from, int lines) {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var start = Math.min(file.length(), Math.max(from, file.length() - MAX_BYTES));
            var bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
        }
    }
}

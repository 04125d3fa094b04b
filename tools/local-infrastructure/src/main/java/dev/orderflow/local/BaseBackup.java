package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Set;

/**
 * Copies a running server's files with the low-level backup functions, as pg_basebackup does.
 * <p>
 * The log written during the copy is copied last; without it the copy could not be recovered.
 */
final class BaseBackup {

    /** Files that belong to the running server or are emptied at each start. */
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "backup_label");

    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private final PostgresAdmin admin;
    private final Path cluster;

    /**
     * Prepares a backup.
     *
     * @param cluster the data folder of the running server
     */
    BaseBackup(PostgresAdmin admin, Path cluster) {
        this.admin = admin;
        this.cluster = cluster;
    }

    /**
     * Writes the copy.
     *
     * @param target a data folder that does not exist yet
     */
    void writeTo(Path target) {
        try (var connection = admin.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('orderflow', fast => true)");
            copy(cluster, target, EMPTIED);
            try (var end = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
                end.next();
                Files.writeString(target.resolve("backup_label"), end.getString(1), StandardOpenOption.CREATE_NEW);
            }
            copy(cluster.resolve("pg_wal"), target.resolve("pg_wal"), Set.of("archive_status", "summaries"));
        } catch (SQLException e) {
            throw new IllegalStateException("a backup of " + cluster + " failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("a backup of " + cluster + " failed", e);
        }
    }

    private static void copy(Path source, Path target, Set<String> emptied) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var copy = target.resolve(source.relativize(folder));
                if (!Files.exists(copy)) {
                    Files.copy(folder, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return emptied.contains(source.relativize(folder).toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(file.getFileName().toString())) {
                    try {
                        Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.CONTINUE; // Dropped during the copy; replaying the log repeats that.
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // Dropped during the copy; replaying the log repeats that.
                }
                throw failure;
            }
        });
    }
}

package dev.orderflow.local;

import java.nio.file.Path;
import java.util.List;

/**
 * Settings of a PostgreSQL server.
 *
 * @param folder its data; kept between runs
 * @param log the file its log is appended to
 * @param port on 127.0.0.1; 0 for a free one
 * @param durable whether a commit waits for the disk. A commit survives the server's death either way, but only a
 *                durable one survives the machine's: for tests, {@code false} is faster. A new server that is not
 *                durable also stores passwords in a form that is quick to check, and to guess
 * @param parameters further parameters of the server, each as {@code name=value}
 */
public record PostgresSettings(Path folder, Path log, int port, boolean durable, List<String> parameters) {

    public PostgresSettings {
        folder = folder.toAbsolutePath();
        log = log.toAbsolutePath();
        parameters = List.copyOf(parameters);
    }

    public PostgresSettings(Path folder, Path log, int port, boolean durable) {
        this(folder, log, port, durable, List.of());
    }
}

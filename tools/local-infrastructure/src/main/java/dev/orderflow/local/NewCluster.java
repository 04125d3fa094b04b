package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Creates a PostgreSQL cluster with {@code initdb}.
 *
 * @param passwordFile receives the generated password of the superuser
 */
record NewCluster(PostgresSettings settings, Path passwordFile) {

    /** The first major version with locales of its own; earlier ones know letters beyond ASCII only from the system's. */
    private static final int BUILTIN_LOCALE = 17;

    /** The first major version with settable costs of a password, whose {@code initdb} takes parameters. */
    private static final int SCRAM_ITERATIONS = 16;

    /**
     * Creates the cluster in a folder of another name first, so that a cluster under its final name is always complete.
     *
     * @param account that runs {@code initdb} and owns the folder
     */
    void create(Path cluster, Path binaries, Account account) {
        var unfinished = settings.folder().resolve("cluster.new");
        Folders.delete(unfinished);
        writePassword();
        account.own(settings.folder());
        var command =
                new ArrayList<>(account.command(binaries.resolve("bin/initdb").toString(), "--pgdata=" + unfinished));
        command.addAll(options(PostgresBinaries.version(binaries)));
        var result = Command.run(command);
        if (!result.succeeded()) {
            throw new StartFailedException("initdb failed: " + result.output());
        }
        try {
            Files.move(unfinished, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> options(int version) {
        var options = new ArrayList<>(List.of(
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts text in the same order on every operating system.
                "--locale=C",
                "--no-instructions"));
        if (version >= BUILTIN_LOCALE) {
            options.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        if (!settings.durable()) {
            options.add("--no-sync");
            if (version >= SCRAM_ITERATIONS) {
                // The default of 4,096 takes a fifth of the processor time of tests, which open many connections.
                options.addAll(List.of("-c", "scram_iterations=1"));
            }
        }
        return options;
    }

    /**
     * Generates the superuser's password. It must be secret on this machine, since the superuser can read any file of
     * this account.
     */
    private void writePassword() {
        try {
            Files.deleteIfExists(passwordFile);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, UUID.randomUUID().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server as a child process, listening on 127.0.0.1 only.
 * <p>
 * Its data folder survives {@link #stop()}, {@link #kill()} and the death of this program; the next {@link #start()}
 * recovers it. A failure at start throws {@link StartFailedException} with the last lines of the server's log.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    /** Maximum time that the backends of a killed server take to notice its death. */
    private static final Duration LEFTOVERS_TIMEOUT = Duration.ofSeconds(30);

    private final PostgresSettings settings;
    private final int port;
    private @Nullable RecordedProcess process;

    public PostgresServer(PostgresSettings settings) {
        this.settings = settings;
        this.port = FreePort.orFind(settings.port());
    }

    /** Starts the server, creates a new data folder if needed, and returns when the server accepts connections. */
    public void start() {
        start(launched -> {});
    }

    /** Starts the server like {@link #start()}; {@code launched} receives the process at once, before it is ready. */
    public void start(Consumer<RecordedProcess> launched) {
        var binaries = PostgresBinaries.unpack(CacheFolder.locate());
        var program = binaries.resolve("bin/postgres");
        Folders.createPassable(settings.folder());
        var account = Account.forRunning(program, settings.folder());
        account.own(settings.folder());
        if (!Files.exists(cluster())) {
            new NewCluster(settings, passwordFile()).create(cluster(), binaries, account);
        }
        removeStalePidFile();
        FreePort.require(port, "PostgreSQL");
        launch(program, account, launched);
        log.info("server=postgres state=started port={} folder={}", port, settings.folder());
    }

    /** Ends all sessions, writes a checkpoint and stops. */
    public void stop() {
        stop(process);
    }

    /** Stops a server that another program started and recorded. */
    public static void stop(@Nullable RecordedProcess server) {
        if (server != null) {
            server.interrupt(STOP_TIMEOUT);
        }
    }

    /** Kills the server with SIGKILL, without checkpoint or notice to clients. */
    public void kill() {
        Optional.ofNullable(process).ifPresent(RecordedProcess::kill);
    }

    @Override
    public void close() {
        stop();
    }

    public boolean isRunning() {
        return process().filter(RecordedProcess::isAlive).isPresent();
    }

    public Optional<RecordedProcess> process() {
        return Optional.ofNullable(process);
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Creates a database, see {@link PostgresAdmin#createDatabase(String, String)}. */
    public void createDatabase(String name, String password) {
        admin().createDatabase(name, password);
    }

    /** Gives a database an owner, see {@link PostgresAdmin#separateOwner(String, String)}. */
    public void separateOwner(String name, String ownerPassword) {
        admin().separateOwner(name, ownerPassword);
    }

    /**
     * Makes a base backup of this running server.
     *
     * @param settings of the returned server; its folder must not hold a server yet
     * @return a server that is not started yet; it has all that has been committed until now
     */
    public PostgresServer backUp(PostgresSettings settings) {
        var copy = new PostgresServer(settings);
        Folders.createPassable(settings.folder());
        try {
            Files.copy(passwordFile(), copy.passwordFile(), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new BaseBackup(admin(), cluster()).writeTo(copy.cluster());
        return copy;
    }

    /**
     * Makes a standby of this running server from a base backup.
     *
     * @param name of the standby in {@code synchronous_standby_names} of this server
     * @return a server that is not started yet; once started it follows this one until it is promoted
     */
    public PostgresServer standby(PostgresSettings settings, String name) {
        var standby = backUp(settings);
        try {
            Files.createFile(standby.cluster().resolve("standby.signal"));
            Files.writeString(
                    standby.cluster().resolve("postgresql.auto.conf"),
                    String.format(
                            Locale.ROOT,
                            "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres password=%s application_name=%s'%n",
                            port,
                            password(),
                            name),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return standby;
    }

    /** Promotes a running standby to primary, on a new timeline, and returns when it accepts writes. */
    public void promote() {
        admin().execute("SELECT pg_promote(wait => true, wait_seconds => 60)");
    }

    /**
     * Starts the process; repeats while backends of a killed predecessor hold its shared memory, which PostgreSQL
     * refuses to join.
     */
    private void launch(Path program, Account account, Consumer<RecordedProcess> launched) {
        var deadline = Instant.now().plus(LEFTOVERS_TIMEOUT);
        while (true) {
            var server = ServerProcess.launch(
                    "PostgreSQL", command(program, account), Map.of(), settings.folder(), settings.log());
            server.recorded().ifPresent(recorded -> {
                process = recorded;
                launched.accept(recorded);
            });
            try {
                server.awaitReady(admin()::isAccepted, START_TIMEOUT);
                return;
            } catch (StartFailedException e) {
                var leftovers = server.lastLogLines(10).stream().anyMatch(line -> line.contains("is still in use"));
                if (!leftovers || Instant.now().isAfter(deadline)) {
                    throw e;
                }
            }
        }
    }

    private List<String> command(Path program, Account account) {
        var command = new ArrayList<>(
                account.command(program.toString(), "-D", cluster().toString(), "-p", Integer.toString(port)));
        var parameters = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=128MB",
                // Checkpoints stay timed under load, too: after each one, whole pages are logged again.
                "max_wal_size=4GB",
                "log_line_prefix=%m [%p] %q%u@%d ",
                "fsync=" + settings.durable(),
                "full_page_writes=" + settings.durable()));
        parameters.addAll(settings.parameters());
        for (var parameter : parameters) {
            command.add("-c");
            command.add(parameter);
        }
        return command;
    }

    /**
     * Removes the pid file if its process is not a PostgreSQL. PostgreSQL takes the file for its own if any process has
     * that pid, which after a reboot may be an unrelated one. If the process is a PostgreSQL, the file stays and the
     * server's own message explains the failure.
     */
    private void removeStalePidFile() {
        var file = cluster().resolve("postmaster.pid");
        try {
            if (Files.exists(file)) {
                var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
                var isPostgres = ProcessHandle.of(pid)
                        .flatMap(owner -> owner.info().command())
                        .filter(command -> command.endsWith("postgres"))
                        .isPresent();
                if (!isPostgres) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return administration of this server as superuser} */
    public PostgresAdmin admin() {
        return new PostgresAdmin(jdbcUrl("postgres"), "postgres", password());
    }

    private Path cluster() {
        return settings.folder().resolve("cluster");
    }

    private Path passwordFile() {
        return settings.folder().resolve("superuser.password");
    }

    private String password() {
        try {
            return Files.readString(passwordFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

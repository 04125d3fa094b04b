package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reference to a process by which a later run of another program finds it again.
 * <p>
 * The operating system reuses process ids, so a pid alone could name an unrelated process by the time it is used.
 * {@code identity} makes it unique: on Linux the boot and the tick in which the process started (both exact, and
 * unaffected when the clock is set), elsewhere its start time. A process whose identity differs never gets a signal.
 *
 * @param pid the operating system's id
 * @param identity value that distinguishes the process from later ones with the same pid
 */
public record RecordedProcess(long pid, String identity) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** Positions in /proc/PID/stat after the command's closing bracket (proc_pid_stat(5): fields 3 and 22). */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    /**
     * Records a running process.
     *
     * @throws IllegalStateException if it has already ended
     */
    public static RecordedProcess of(ProcessHandle process) {
        return ifAlive(process).orElseThrow(() -> new IllegalStateException("process " + process.pid() + " has ended"));
    }

    /** Records a process; empty if it has already ended. */
    public static Optional<RecordedProcess> ifAlive(ProcessHandle process) {
        return identityOf(process).map(identity -> new RecordedProcess(process.pid(), identity));
    }

    /** Reads what {@link #writeTo} wrote; empty if {@code file} does not exist or is incomplete. */
    public static Optional<RecordedProcess> readFrom(Path file) {
        try {
            var words = Files.readString(file).strip().split(" ");
            return words.length == 2
                    ? Optional.of(new RecordedProcess(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one line in the format of {@link #readFrom}. */
    public void writeTo(Path file) {
        try {
            Files.writeString(file, pid + " " + identity + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the running process; empty if it ended, even if its pid belongs to another process by now. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(process -> identityOf(process).filter(identity::equals).isPresent());
    }

    public boolean isAlive() {
        return find().isPresent();
    }

    /** Sends SIGKILL and waits until the process is gone; without effect if it already is. */
    public void kill() {
        find().ifPresent(process -> {
            process.destroyForcibly();
            awaitExit(process, Duration.ofSeconds(10));
        });
    }

    /** Sends SIGTERM; after {@code grace} the process is killed. */
    public void terminate(Duration grace) {
        find().ifPresent(process -> {
            process.destroy();
            if (!awaitExit(process, grace)) {
                kill();
            }
        });
    }

    /**
     * Sends SIGINT, which for PostgreSQL means "disconnect everyone and stop"; after {@code grace} the process is
     * killed.
     */
    public void interrupt(Duration grace) {
        find().ifPresent(process -> {
            signal("INT");
            if (!awaitExit(process, grace)) {
                kill();
            }
        });
    }

    /** Sends SIGSTOP: the process keeps its connections and answers nothing, like a hung host. */
    public void freeze() {
        signal("STOP");
    }

    /** Sends SIGCONT: the process continues where it was frozen. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        find().ifPresent(process -> Command.run("kill", "-" + name, Long.toString(pid)));
    }

    private boolean awaitExit(ProcessHandle process, Duration atMost) {
        var deadline = Instant.now().plus(atMost);
        // Polls, since onExit() takes a zombie for alive, and a child of another program may stay one.
        while (isAlive()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            try {
                process.onExit().get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static Optional<String> identityOf(ProcessHandle process) {
        if (!Files.exists(BOOT_ID)) {
            return Optional.of(process)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(alive -> alive.info().startInstant())
                    .map(Instant::toString);
        }
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The command stands in brackets and may itself contain blanks and brackets.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return hasEnded(process.pid(), fields[STATE])
                    ? Optional.empty()
                    : Optional.of(Files.readString(BOOT_ID).strip() + "/" + fields[START_TICKS]);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // The process has ended.
        }
    }

    /**
     * Returns whether the process has ended. A process whose parent does not ask for its exit code stays a zombie. A
     * zombie with more than one thread is still ending: its main thread ended first, and its files and ports are still
     * open.
     */
    private static boolean hasEnded(long pid, String state) throws IOException {
        if (!state.equals("Z") && !state.equals("X")) {
            return false;
        }
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.count() <= 1;
        }
    }
}

package dev.orderflow.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Long-running child process that writes to a log file and leads a session of its own. A Ctrl-C or a closed terminal
 * thus reaches only the program that started it, which then stops its children in the right order.
 */
public final class ServerProcess {

    private static final int SHOWN_LOG_LINES = 25;
    private static final Duration TICK = Duration.ofMillis(50);

    private final String name;
    private final Process process;
    private final Path log;
    private final long logStart;

    private ServerProcess(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts {@code command} in {@code folder}; its output is appended to {@code log}.
     *
     * @throws StartFailedException if the program cannot be executed
     */
    public static ServerProcess launch(
            String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var logStart = Files.exists(log) ? Files.size(log) : 0;
            var builder = new ProcessBuilder(Command.join(newSession(), command))
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ServerProcess(name, builder.start(), log, logStart);
        } catch (IOException e) {
            throw new StartFailedException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until {@code ready} holds.
     *
     * @throws StartFailedException with the last log lines, if the process ends before or {@code atMost} passes; the
     * process is then killed
     */
    public void awaitReady(BooleanSupplier ready, Duration atMost) {
        var deadline = Instant.now().plus(atMost);
        while (!ready.getAsBoolean()) {
            if (endsWithin(TICK)) {
                throw failure("ended with exit code " + process.exitValue());
            }
            if (Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw failure("was not ready within " + atMost.toSeconds() + " s");
            }
        }
    }

    public Process process() {
        return process;
    }

    /** Returns a reference by which another program finds this process; empty if it has already ended. */
    public Optional<RecordedProcess> recorded() {
        return RecordedProcess.ifAlive(process.toHandle());
    }

    /** Returns the last {@code lines} lines of the process's output. */
    public List<String> lastLogLines(int lines) {
        return LogTail.of(log, logStart, lines);
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new StartFailedException("interrupted while waiting for " + name, e);
        }
    }

    private StartFailedException failure(String what) {
        return new StartFailedException(String.format(
                Locale.ROOT,
                "%s %s. The end of %s:%n%s",
                name,
                what,
                log,
                String.join(System.lineSeparator(), lastLogLines(SHOWN_LOG_LINES))));
    }

    /**
     * Returns the command that starts a new session. macOS has no setsid(1), but has perl; both replace themselves by
     * the command, so that the pid stays.
     */
    private static List<String> newSession() {
        return Command.find("setsid")
                .map(List::of)
                .or(() -> Command.find("perl")
                        .map(perl -> List.of(perl, "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!")))
                .orElse(List.of());
    }
}

package dev.orderflow.demo.process;

import dev.orderflow.local.Folders;
import dev.orderflow.local.RecordedProcess;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the services start faster: runs each once and has its JVM write down what it learned ({@link AotCaches}).
 * <p>
 * Beside a suite that may be running, on a PostgreSQL and a broker of its own: a second instance of a service that takes part in the
 * suite would take over partitions and leave them again. One service after the other, which keeps memory low.
 */
public final class Training implements AutoCloseable {

    private final Topology builds;
    private final Topology own;
    private final Suite servers;
    private final ServiceLauncher launcher;
    private @Nullable FileLock lock;
    private @Nullable RecordedProcess trainee;
    private boolean closed;

    /** For the suite of {@code topology}. */
    public Training(Topology topology) {
        this.builds = topology;
        this.own = new Topology(topology.root(), topology.home().resolve("training"), Ports.free());
        this.servers = new Suite(own);
        this.launcher = new ServiceLauncher(own, topology);
    }

    /** The programs that changed since they were trained, or never were. */
    public List<Part> untrained() {
        return Arrays.stream(Part.values())
                .filter(part -> part.module().isPresent())
                .filter(part -> !launcher.isTrained(part))
                .toList();
    }

    /**
     * Trains all {@link #untrained()} parts.
     *
     * @throws DemoException if another training is at it
     * @throws dev.orderflow.local.StartFailedException if something does not start
     */
    public void run(Progress progress) {
        var parts = untrained();
        if (parts.isEmpty()) {
            return;
        }
        begin();
        servers.start(Part.POSTGRES);
        servers.start(Part.KAFKA);
        for (var part : parts) {
            var begin = Instant.now();
            launcher.train(part, this::register);
            progress.ready(part, Duration.between(begin, Instant.now()));
        }
    }

    /** Stops and deletes all that is left of this training; caches that are complete stay. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (lock == null) {
                return;
            }
            Optional.ofNullable(trainee).ifPresent(Training::kill);
        }
        servers.down();
        Folders.delete(own.home());
        RunFolder.release(lock);
    }

    private synchronized void begin() {
        if (!closed) {
            lock = new RunFolder(builds.run())
                    .lock("train")
                    .orElseThrow(() -> new DemoException("Another ./demo train is at it."));
        }
    }

    private synchronized void register(RecordedProcess process) {
        trainee = process;
        if (closed) {
            kill(process);
        }
    }

    /** With the JVM that it may have started to write the cache. */
    private static void kill(RecordedProcess process) {
        process.find().ifPresent(running -> running.descendants().forEach(ProcessHandle::destroyForcibly));
        process.kill();
    }
}

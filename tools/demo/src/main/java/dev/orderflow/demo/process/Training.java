package dev.orderflow.demo.process;

import dev.orderflow.local.Folders;
import dev.orderflow.local.RecordedProcess;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the services start faster and reach their speed sooner: runs them under load and has their JVMs record
 * {@linkplain AotCaches caches}.
 * <p>
 * It runs a suite of its own beside one that may be running. A second instance of a service in the other suite would
 * take over partitions and leave them again.
 */
public final class Training implements AutoCloseable {

    private final Topology topology;
    private final Topology own;
    private final Suite servers;
    private final ServiceLauncher launcher;
    private final Consumer<Addresses> practice;
    private final List<RecordedProcess> trainees = new ArrayList<>();
    private @Nullable FileLock lock;
    private boolean closed;

    /**
     * Creates a training for the suite of {@code topology}.
     *
     * @param practice receives the training suite and returns when that has had enough load
     */
    public Training(Topology topology, Consumer<Addresses> practice) {
        this.topology = topology;
        this.practice = practice;
        this.own = topology.elsewhere(topology.home().resolve("training"), Ports.free());
        this.servers = new Suite(own);
        this.launcher = new ServiceLauncher(own);
    }

    /** {@return the programs that were never trained or changed since} */
    public List<Part> untrained() {
        return Arrays.stream(Part.values())
                .filter(part -> part.module().isPresent())
                .filter(part -> !launcher.isTrained(part))
                .toList();
    }

    /**
     * Trains all {@link #untrained()} parts.
     *
     * @throws DemoException if another training is in progress
     * @throws dev.orderflow.local.StartFailedException if a part does not start
     */
    public void run(Progress progress) {
        var parts = untrained();
        if (parts.isEmpty()) {
            return;
        }
        begin();
        var begin = Instant.now();
        servers.start(Part.POSTGRES);
        servers.start(Part.KAFKA);
        var others = Arrays.stream(Part.values())
                .filter(part -> part.module().isPresent() && !parts.contains(part))
                .toList();
        others.forEach(part -> launcher.start(part, this::register));
        var learning =
                parts.stream().map(part -> launcher.learn(part, this::register)).toList();
        practice.accept(own);
        for (var trainee : learning) {
            launcher.keep(trainee);
            progress.ready(trainee.part(), Duration.between(begin, Instant.now()));
        }
    }

    /** Stops and deletes everything left of this training; complete caches stay. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (lock == null) {
                return;
            }
            trainees.forEach(Training::kill);
        }
        servers.down();
        Folders.delete(own.home());
        RunFolder.release(lock);
    }

    private synchronized void begin() {
        if (!closed) {
            lock = new RunFolder(topology.run())
                    .lock("train")
                    .orElseThrow(() -> new DemoException("Another ./demo train is in progress."));
        }
    }

    private synchronized void register(RecordedProcess process) {
        trainees.add(process);
        if (closed) {
            kill(process);
        }
    }

    /** Kills the process, including the JVM that it may have started to write the cache. */
    private static void kill(RecordedProcess process) {
        process.find().ifPresent(running -> running.descendants().forEach(ProcessHandle::destroyForcibly));
        process.kill();
    }
}

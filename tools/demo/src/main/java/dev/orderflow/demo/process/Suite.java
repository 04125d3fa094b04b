package dev.orderflow.demo.process;

import dev.orderflow.local.Folders;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.RecordedProcess;
import dev.orderflow.local.StartFailedException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Running suite: starts and stops it as a whole, and kills and starts single parts. Several programs may use it on the
 * same home folder at the same time, since everything known about processes is in that folder.
 */
public final class Suite implements Processes {

    /** Name of the process that places orders; it is not a part of the suite. */
    private static final String LOAD = "load";

    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Topology topology;
    private final Progress progress;
    private final RunFolder run;
    private final Launcher launcher;
    private @Nullable FileLock lock;
    /** True if this object started the suite. */
    private volatile boolean mine;

    private boolean closing;
    private boolean secured;

    public Suite(Topology topology) {
        this(topology, Progress.SILENT);
    }

    public Suite(Topology topology, Progress progress) {
        this.topology = topology;
        this.progress = progress;
        this.run = new RunFolder(topology.run());
        this.launcher = new Launcher(topology);
    }

    public Topology topology() {
        return topology;
    }

    /** Has {@link #up} give broker and database TLS and users, each with the rights that it needs. */
    public void secure() {
        secured = true;
    }

    /** Starts all parts, see {@link #up(Collection)}. */
    public void up() {
        up(List.of(Part.values()));
    }

    /**
     * Starts {@code parts} and returns when all are ready. If one fails, all are stopped again.
     *
     * @throws DemoException if any part of the suite is running already, a port is in use, or the disk is full; nothing is
     * changed then
     * @throws StartFailedException if a part does not start
     */
    public void up(Collection<Part> parts) {
        lock = run.lock("suite").orElseThrow(this::alreadyUp);
        if (Arrays.stream(Part.values()).anyMatch(this::isRunning)) {
            throw alreadyUp();
        }
        FreeSpace.require(topology.home());
        topology.ports().requireFree(List.copyOf(parts));
        if (secured) {
            topology.secureServers();
        }
        mine = true;
        try {
            for (var stage : topology.stages()) {
                SideBySide.run(stage.stream().filter(parts::contains).toList(), this::launch, this::abort);
            }
        } catch (RuntimeException e) {
            down();
            throw e;
        }
    }

    /**
     * Starts a background process that places orders until {@link #down()}.
     *
     * @param perSecond orders per second
     */
    public void startLoad(int perSecond) {
        launcher.startLoad(perSecond).ifPresent(process -> run.record(LOAD, process));
    }

    /** Stops all running parts, services first. Without effect on stopped ones. */
    public void down() {
        synchronized (this) {
            closing = true;
        }
        run.find(LOAD).ifPresent(load -> load.process().terminate(GRACE));
        run.forget(LOAD);
        for (var stage : topology.stages().reversed()) {
            SideBySide.run(stage, this::stop, () -> {});
        }
    }

    /** Stops the suite like {@link #down()} if this object started it, or is about to; otherwise without effect. */
    public void downIfMine() {
        if (mine) {
            down();
        }
    }

    /** Deletes all data and logs; no part may be running. Other content of the home folder stays. */
    public void wipe() {
        topology.folders().forEach(Folders::delete);
    }

    /**
     * Starts one part.
     *
     * @throws StartFailedException if it does not start
     */
    @Override
    public void start(Part part) {
        var mine = run.lock(part.label())
                .orElseThrow(() -> new DemoException(part.label() + " is being started by another ./demo."));
        try {
            if (isRunning(part)) {
                throw new DemoException(part.label() + " is running; nothing was changed.");
            }
            topology.ports().requireFree(List.of(part));
            launch(part);
        } finally {
            RunFolder.release(mine);
        }
    }

    @Override
    public void kill(Part part) {
        var entry = run.find(part.label())
                .filter(recorded -> recorded.process().isAlive())
                .orElseThrow(() -> new DemoException(part.label() + " is not running; nothing was changed."));
        run.markKilled(part.label());
        entry.process().kill();
    }

    public boolean isRunning(Part part) {
        return run.isRunning(part.label());
    }

    /** Returns whether {@link #down()} was not called since the parts were started, by this program or another. */
    public boolean isUp() {
        return Arrays.stream(Part.values())
                .anyMatch(part -> run.find(part.label()).isPresent());
    }

    /** Returns the state of a part's process. */
    public PartStatus.State stateOf(Part part) {
        return run.find(part.label())
                .map(entry -> entry.process().isAlive()
                        ? PartStatus.State.RUNNING
                        : entry.killed() ? PartStatus.State.KILLED : PartStatus.State.DIED)
                .orElse(PartStatus.State.STOPPED);
    }

    @Override
    public List<PartStatus> status() {
        try (var health = new Health(topology)) {
            return Arrays.stream(Part.values())
                    .map(part -> status(part, health))
                    .toList();
        }
    }

    /** Releases the lock, so that others can start the suite; running parts keep running. */
    @Override
    public void close() {
        if (lock != null) {
            RunFolder.release(lock);
            lock = null;
        }
    }

    /** Stops the other parts after a failure; they need not become ready first. */
    private synchronized void abort() {
        closing = true;
        for (var part : Part.values()) {
            run.find(part.label()).ifPresent(entry -> entry.process().kill());
        }
    }

    private void launch(Part part) {
        var begin = Instant.now();
        launcher.start(part, process -> register(part, process));
        progress.ready(part, Duration.between(begin, Instant.now()));
    }

    /** Records a new process, or kills it if the suite is being stopped, since it must not outlive that. */
    private synchronized void register(Part part, RecordedProcess process) {
        if (closing) {
            process.kill();
        } else {
            run.record(part.label(), process);
        }
    }

    private void stop(Part part) {
        run.find(part.label()).ifPresent(entry -> {
            var process = entry.process();
            var ran = process.isAlive();
            switch (part) {
                case POSTGRES -> PostgresServer.stop(process);
                case KAFKA -> KafkaServer.stop(process);
                case SANDBOX, ORDER, INVENTORY, PAYMENT, SHIPPING, LOYALTY, NOTIFICATION -> process.terminate(GRACE);
            }
            run.forget(part.label());
            if (ran) {
                progress.stopped(part);
            }
        });
    }

    private PartStatus status(Part part, Health health) {
        var process = run.find(part.label()).flatMap(entry -> entry.process().find());
        return new PartStatus(
                part,
                stateOf(part),
                process.map(running -> OptionalLong.of(running.pid())).orElse(OptionalLong.empty()),
                process.filter(running -> part.module().isPresent())
                        .flatMap(running -> health.of(topology.managementUri(part))),
                process.map(Memory::residentKiB).orElse(0L),
                part.hasDatabase() ? Backlog.of(part, topology) : OptionalLong.empty());
    }

    private DemoException alreadyUp() {
        close();
        return new DemoException("The suite is running already (its state is in " + topology.home()
                + "); see ./demo status, or stop it with ./demo down.");
    }
}

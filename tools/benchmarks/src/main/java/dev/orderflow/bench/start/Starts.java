package dev.orderflow.bench.start;

import dev.orderflow.bench.Ending;
import dev.orderflow.demo.process.Memory;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.ServiceLauncher;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.local.Folders;
import dev.orderflow.local.RecordedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts and stops services one at a time, beside a running PostgreSQL and broker of their own. */
final class Starts implements AutoCloseable {

    /**
     * Cost of one start.
     *
     * @param untilReady since the process was started
     * @param processor time that the process took of all processors until then
     * @param residentKiB after the service had nothing to do for a while
     */
    record Cost(Duration untilReady, Duration processor, long residentKiB) {}

    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Topology topology;
    private final Duration idle;
    private final Suite servers;
    private final ServiceLauncher launcher;
    private final AtomicReference<@Nullable RecordedProcess> running = new AtomicReference<>();
    private final Ending ending;

    private Starts(Topology topology, Duration idle) {
        this.topology = topology;
        this.idle = idle;
        this.servers = new Suite(topology);
        this.launcher = new ServiceLauncher(topology);
        this.ending = new Ending("end-starts", this::end);
    }

    /**
     * Starts PostgreSQL and the broker.
     *
     * @param builds whose programs and caches are run
     * @param idle how long to wait before measuring the memory
     */
    static Starts with(Topology builds, Duration idle) {
        var home = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("orderflow-bench-start-" + ProcessHandle.current().pid());
        var starts = new Starts(builds.elsewhere(home, Ports.free()), idle);
        try {
            starts.servers.start(Part.POSTGRES);
            starts.servers.start(Part.KAFKA);
            return starts;
        } catch (RuntimeException e) {
            starts.close();
            throw e;
        }
    }

    /** Starts with {@code java -jar}, without any options. */
    Cost plain(Part part) {
        return measure(launched -> launcher.startPlainly(part, launched));
    }

    /** Starts as {@code ./demo} does. */
    Cost ours(Part part) {
        return measure(launched -> launcher.start(part, launched));
    }

    @Override
    public void close() {
        ending.close();
    }

    private interface Start {
        ServiceLauncher.Started with(Consumer<RecordedProcess> launched);
    }

    private Cost measure(Start start) {
        var untilReady = start.with(running::set).untilReady();
        var process = running.get();
        if (process == null) {
            throw new IllegalStateException("a service that is ready has no process");
        }
        try {
            var handle = process.find().orElseThrow();
            var processor = handle.info().totalCpuDuration().orElse(Duration.ZERO);
            pause();
            return new Cost(untilReady, processor, Memory.residentKiB(handle));
        } finally {
            process.terminate(GRACE);
        }
    }

    private void pause() {
        try {
            var never = new CountDownLatch(1);
            never.await(idle.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void end() {
        var process = running.get();
        if (process != null) {
            process.kill();
        }
        servers.down();
        servers.close();
        Folders.delete(topology.home());
    }
}

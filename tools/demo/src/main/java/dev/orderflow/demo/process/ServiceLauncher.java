package dev.orderflow.demo.process;

import dev.orderflow.demo.process.Programs.Program;
import dev.orderflow.local.RecordedProcess;
import dev.orderflow.local.ServerProcess;
import dev.orderflow.local.StartFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Starts a service as a process of its own. PostgreSQL and the broker must be running. */
public final class ServiceLauncher {

    /** Option for a JVM without a cache: otherwise the optimizing compiler would take processor time from the start. */
    private static final String QUICK_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    /**
     * Compiler options with ten times the default thresholds of the optimizing compiler (C2), and no profiling while it is busy. With default thresholds C2
     * takes half of the processor time in the first minutes under load. Training runs keep the defaults, because they must profile.
     * {@code docker/compiler.options} has the same options.
     */
    static final List<String> FEWER_THOROUGH_COMPILATIONS = List.of(
            "-XX:Tier3DelayOn=0",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(150);
    /** Long time-out: a training run has the lowest priority, and its JVM works for a while before it ends. */
    private static final Duration TRAINING_TIMEOUT = Duration.ofMinutes(10);

    private final Topology topology;
    private final Programs programs;
    private final AotCaches caches;

    public ServiceLauncher(Topology topology) {
        this.topology = topology;
        this.programs = new Programs(topology.programs());
        this.caches = new AotCaches(topology.caches());
    }

    /**
     * Service that is ready for requests.
     *
     * @param untilReady since the start of its process
     */
    public record Started(ServerProcess process, Duration untilReady) {}

    /**
     * Starts {@code part} as {@code ./demo} does and returns when it is ready: from unpacked jars, with options for a
     * small JVM, and with the cache written by {@link #keep}, if there is one.
     *
     * @param launched receives the process as soon as there is one
     * @throws StartFailedException with the end of its log if it dies or does not become ready
     */
    public Started start(Part part, Consumer<RecordedProcess> launched) {
        var program = programs.unpack(topology.jar(part));
        var cache = caches.find(part.label(), program.classPath(), topology.jvmOptions());
        var options = new ArrayList<String>();
        if (cache.isPresent()) {
            options.add("-XX:AOTCache=" + cache.get());
            options.addAll(FEWER_THOROUGH_COMPILATIONS);
        } else {
            options.add(QUICK_COMPILER_ONLY);
        }
        options.addAll(topology.jvmOptions());
        return start(part, command(program, options), environment(part, program), START_TIMEOUT, launched);
    }

    /** Starts {@code part} in the most common way, {@code java -jar} without any options, and returns when it is ready. */
    public Started startPlainly(Part part, Consumer<RecordedProcess> launched) {
        var command = List.of(java(), "-jar", topology.jar(part).toString());
        return start(part, command, topology.environmentOf(part), START_TIMEOUT, launched);
    }

    /** Returns whether {@link #start} would find a cache for the program in its present state. */
    public boolean isTrained(Part part) {
        var program = programs.unpack(topology.jar(part));
        return caches.find(part.label(), program.classPath(), topology.jvmOptions())
                .isPresent();
    }

    /**
     * Service whose JVM records a cache.
     *
     * @param unfinished where it writes the cache when it ends
     */
    record Trainee(Part part, ServerProcess process, Path unfinished, Path cache) {}

    /**
     * Starts {@code part} in a JVM that records a cache, and returns when it is ready. {@link #keep} ends it.
     *
     * @param launched receives the process as soon as there is one
     * @throws StartFailedException if it does not become ready
     */
    Trainee learn(Part part, Consumer<RecordedProcess> launched) {
        var program = programs.unpack(topology.jar(part));
        var cache = caches.file(part.label(), program.classPath(), topology.jvmOptions());
        var unfinished = caches.unfinished(cache);
        var options = new ArrayList<>(topology.jvmOptions());
        options.add("-XX:AOTCacheOutput=" + unfinished);
        var started = start(part, command(program, options), environment(part, program), TRAINING_TIMEOUT, launched);
        return new Trainee(part, started.process(), unfinished, cache);
    }

    /**
     * Ends a trained service and keeps its cache for later starts.
     *
     * @throws StartFailedException if the JVM writes no cache
     */
    void keep(Trainee trainee) {
        trainee.process().recorded().ifPresent(process -> process.terminate(TRAINING_TIMEOUT));
        if (!Files.exists(trainee.unfinished())) {
            throw new StartFailedException(String.format(
                    Locale.ROOT,
                    "The JVM of %s wrote no cache. The end of %s:%n%s",
                    trainee.part().label(),
                    topology.log(trainee.part()),
                    String.join(System.lineSeparator(), trainee.process().lastLogLines(10))));
        }
        caches.complete(trainee.part().label(), trainee.unfinished(), trainee.cache());
    }

    private Started start(
            Part part,
            List<String> command,
            Map<String, String> environment,
            Duration timeout,
            Consumer<RecordedProcess> launched) {
        // Checks again: a process that took a port since would answer in place of the service and make it look ready.
        topology.ports().requireFree(List.of(part));
        try (var health = new Health(topology)) {
            var begin = System.nanoTime();
            var process = ServerProcess.launch(part.label(), command, environment, topology.home(), topology.log(part));
            process.recorded().ifPresent(launched);
            process.awaitReady(() -> health.isReady(topology.managementUri(part)), timeout);
            return new Started(process, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static List<String> command(Program program, List<String> options) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(options);
        command.add("-Dspring.aot.enabled=" + program.aotProcessed());
        command.addAll(List.of("-Dspring.main.banner-mode=off", program.mainClass()));
        return command;
    }

    private Map<String, String> environment(Part part, Program program) {
        var environment = new HashMap<>(topology.environmentOf(part));
        // The class path is in the environment, so that process listings stay readable.
        environment.put("CLASSPATH", program.classPath());
        // Limits the arenas of the C library's allocator: each costs resident memory.
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

package dev.orderflow.bench.load;

import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.local.Folders;
import java.nio.file.Path;

/** Suite of services for benchmarks. */
public final class BenchSuite {

    private BenchSuite() {}

    /**
     * Returns the suite as {@code ./demo} runs it, on free ports and in a temporary folder. Only the services' JVM
     * options differ: for a load of minutes, the optimizing compiler, a larger heap and large pages pay off, and orders have
     * their ordinary time to be paid.
     */
    public static Topology topology() {
        return topology(temporaryHome());
    }

    /** Returns the same suite in a permanent folder, with the services' AOT caches; training takes minutes. */
    public static Topology lastingTopology() {
        return topology(root().resolve("target/bench-suite"));
    }

    private static Topology topology(Path home) {
        return new Topology(root(), home, Ports.free())
                .withJvmOptions("-XX:TieredStopAtLevel=4", "-Xmx512m", "-XX:+UseTransparentHugePages")
                .withJvmOptions("-Dorders.payment.timeout=15m", "-Dorders.payment.reminder=10m");
    }

    private static Path root() {
        return Topology.findRoot(Path.of(System.getProperty("orderflow.root", "")));
    }

    private static Path temporaryHome() {
        var name = "orderflow-bench-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
        return Folders.createPassable(
                Path.of(System.getProperty("java.io.tmpdir")).resolve(name));
    }
}

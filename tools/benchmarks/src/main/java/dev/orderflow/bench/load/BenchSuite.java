package dev.orderflow.bench.load;

import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.local.Folders;
import java.nio.file.Path;

/** Where a benchmark runs services. */
public final class BenchSuite {

    private BenchSuite() {}

    /**
     * The suite as {@code ./demo} runs it, on free ports and in a temporary folder. Only the services' JVMs are others: for a load of
     * minutes, code that is compiled to the full, a heap that need not be collected all the time, and large pages pay off.
     */
    public static Topology topology() {
        return topology(temporaryHome());
    }

    /** The same in a folder that stays, with what the services' JVMs have learned; training takes minutes. */
    public static Topology lastingTopology() {
        return topology(root().resolve("target/bench-suite"));
    }

    private static Topology topology(Path home) {
        return new Topology(root(), home, Ports.free())
                .withJvmOptions("-XX:TieredStopAtLevel=4", "-Xmx512m", "-XX:+UseTransparentHugePages");
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

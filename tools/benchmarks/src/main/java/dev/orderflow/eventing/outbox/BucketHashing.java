package dev.orderflow.eventing.outbox;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Assignment of a key to its outbox bucket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BucketHashing {

    private String key = "01a1fdd5-ce7b-7411-b0be-d0a8e168ee48";

    @Benchmark
    public int bucket() {
        return Buckets.of("order-events", key);
    }
}

package dev.orderflow.bench.load;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Suite;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Processor time that the suite's processes have used since a moment. */
public final class SuiteCpu {

    private final Suite suite;
    private final Map<Part, Duration> begin;

    private SuiteCpu(Suite suite) {
        this.suite = suite;
        this.begin = now(suite);
    }

    /** Starts counting. */
    public static SuiteCpu start(Suite suite) {
        return new SuiteCpu(suite);
    }

    /**
     * Returns the time by part. Child processes count as long as they live; PostgreSQL's, one per connection, outlive a
     * load.
     */
    public Map<Part, Duration> used() {
        var used = new EnumMap<Part, Duration>(Part.class);
        now(suite).forEach((part, total) -> used.put(part, total.minus(begin.getOrDefault(part, Duration.ZERO))));
        return used;
    }

    private static Map<Part, Duration> now(Suite suite) {
        var times = new EnumMap<Part, Duration>(Part.class);
        for (var status : suite.status()) {
            status.pid().stream()
                    .mapToObj(ProcessHandle::of)
                    .flatMap(java.util.Optional::stream)
                    .forEach(process -> times.put(status.part(), timeOf(process)));
        }
        return times;
    }

    private static Duration timeOf(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}

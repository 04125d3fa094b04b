package dev.orderflow.bench.bus;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.orderflow.bench.bus.Fanout.Sink;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Measurements of a fan-out. */
final class BusMeasures {

    private static final int CLOCK_EVERY = 1_024;

    private final Function<List<? extends Sink>, Fanout> maker;

    BusMeasures(Function<List<? extends Sink>, Fanout> maker) {
        this.maker = maker;
    }

    /**
     * Result of publishing as fast as possible.
     *
     * @param perSecond events per second, until the last listener has handled the last
     * @param bytes     allocated per event, by all threads
     * @param cpuNanos  processor time per event, which depends less on what else the machine does
     */
    record Speed(double perSecond, double bytes, double cpuNanos) {}

    Speed speed(int seconds) {
        var sinks = Sinks.forEachListener(Sinks.Checked::new);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var events = 0L;
        var allocated = threads.getTotalThreadAllocatedBytes();
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var cpu = process.getProcessCpuTime();
        var start = System.nanoTime();
        try (var fanout = maker.apply(sinks)) {
            var end = start + TimeUnit.SECONDS.toNanos(seconds);
            do {
                for (var i = 0; i < CLOCK_EVERY; i++) {
                    fanout.publish(events++, 0);
                }
            } while (System.nanoTime() < end);
        }
        var nanos = System.nanoTime() - start;
        var bytes = threads.getTotalThreadAllocatedBytes() - allocated;
        var used = process.getProcessCpuTime() - cpu;
        for (var sink : sinks) {
            sink.requireAll(events);
        }
        return new Speed(events * 1e9 / nanos, (double) bytes / events, (double) used / events);
    }

    /** Returns the time from the moment an event is due until each listener has it, in an open model. */
    Histogram latency(int perSecond, int seconds) {
        var sinks = Sinks.forEachListener(Sinks.Timed::new);
        var events = (long) perSecond * seconds;
        var interval = 1e9 / perSecond;
        try (var fanout = maker.apply(sinks)) {
            var start = System.nanoTime();
            for (var i = 0L; i < events; i++) {
                var due = start + (long) (i * interval);
                while (System.nanoTime() < due) {
                    Thread.onSpinWait();
                }
                fanout.publish(i, due);
            }
        }
        var all = new Histogram(sinks.getFirst().nanoseconds);
        for (var sink : sinks) {
            sink.requireAll(events);
        }
        sinks.stream().skip(1).forEach(sink -> all.add(sink.nanoseconds));
        return all;
    }
}

package dev.orderflow.bench.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** All orders of a run with their times. */
record Passages(List<Passage> orders) {

    private static final int DIGITS = 3;

    Passages {
        orders = List.copyOf(orders);
    }

    long unpaid() {
        return orders.stream().filter(order -> order.paid() == null).count();
    }

    /** Returns the orders placed per second, in each of {@code slices} of the time from {@code begin} on. */
    List<Double> placedPerSecond(Instant begin, Duration duration, int slices) {
        return perSecond(Passage::placed, begin, duration, slices);
    }

    /** Returns the orders that became paid per second, whenever they were placed. */
    List<Double> paidPerSecond(Instant begin, Duration duration, int slices) {
        return perSecond(Passage::paid, begin, duration, slices);
    }

    /** Returns the times from placement to payment of all paid orders; nanoseconds. */
    Histogram latency() {
        var histogram = new Histogram(DIGITS);
        orders.stream()
                .filter(order -> order.paid() != null)
                .forEach(order -> histogram.recordValue(Math.max(0, order.took().toNanos())));
        return histogram;
    }

    private List<Double> perSecond(
            Function<Passage, @Nullable Instant> moment, Instant begin, Duration duration, int slices) {
        var counts = new long[slices];
        var length = duration.toNanos() / slices;
        orders.stream().map(moment).filter(Objects::nonNull).forEach(instant -> {
            var since = Duration.between(begin, instant).toNanos();
            if (since >= 0 && since / length < slices) {
                counts[(int) (since / length)]++;
            }
        });
        return IntStream.range(0, slices)
                .mapToObj(slice -> counts[slice] / (length / 1e9))
                .toList();
    }
}

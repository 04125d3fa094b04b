package dev.orderflow.eventing.deadletter;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Gauges of the holds by event type: the number in each state, and the age of the oldest. They are read from the database periodically,
 * however often they are scraped. While the database is unavailable, they keep their last values and one log line reports that they are
 * stale.
 */
class HoldGauges extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(HoldGauges.class);

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Holds holds;
    private final Duration period;
    private final EventTypeTag tag;
    private final MultiGauge counts;
    private final MultiGauge oldestAges;
    private boolean failing;

    /** @param period the interval between two queries */
    HoldGauges(Holds holds, MeterRegistry registry, String group, EventTypeTag tag, Duration period) {
        super(Loop.onVirtualThread("hold-gauges"), Duration.ZERO, LONGEST_END);
        this.holds = holds;
        this.period = period;
        this.tag = tag;
        counts = MultiGauge.builder("eventing.holds")
                .description("events that were taken in but have not had their effect")
                .tag("group", group)
                .register(registry);
        oldestAges = MultiGauge.builder("eventing.holds.oldest.age")
                .description("how long the oldest of them has been waiting")
                .baseUnit("seconds")
                .tag("group", group)
                .register(registry);
    }

    @Override
    public Duration round() {
        show(holds.tallies());
        failing = false;
        return period;
    }

    @Override
    public Duration failed(Throwable e) {
        if (!failing) {
            var cause = NestedExceptionUtils.getMostSpecificCause(e);
            LOG.warn("gauges=stale retryEvery={} cause=\"{}\"", period, cause.toString());
            failing = true;
        }
        return period;
    }

    private void show(List<Holds.Tally> tallies) {
        counts.register(
                tallies.stream().collect(groupingBy(this::tags, summingLong(Holds.Tally::count))).entrySet().stream()
                        .map(counted -> MultiGauge.Row.of(counted.getKey(), counted.getValue()))
                        .toList(),
                true);
        oldestAges.register(
                tallies.stream().collect(groupingBy(tally -> tag.of(tally.type()))).entrySet().stream()
                        .map(type -> MultiGauge.Row.of(Tags.of("type", type.getKey()), oldestAge(type.getValue())))
                        .toList(),
                true);
    }

    private Tags tags(Holds.Tally tally) {
        return Tags.of("type", tag.of(tally.type()), "state", tally.state().name());
    }

    private static double oldestAge(List<Holds.Tally> tallies) {
        return tallies.stream().mapToDouble(Holds.Tally::oldestAge).max().orElse(0);
    }
}

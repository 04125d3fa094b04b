package dev.orderflow.eventing.retry;

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
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gauges of the holds by event type: the number in each state, and the age of the oldest. They are read from the database
 * periodically, independent of scrapes. While the database is unavailable, they keep their last values, and one log line reports
 * that they are stale.
 */
class HoldGauges extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(HoldGauges.class);

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Tallies tallies;
    private final Duration period;
    private final EventTypeTag tag;
    private final MultiGauge counts;
    private final MultiGauge oldestAges;
    private boolean failing;

    /** @param period the interval between two queries */
    HoldGauges(Tallies tallies, MeterRegistry registry, String group, EventTypeTag tag, Duration period) {
        super(Loop.onVirtualThread("hold-gauges"), Duration.ZERO, LONGEST_END);
        this.tallies = tallies;
        this.period = period;
        this.tag = tag;
        counts = MultiGauge.builder("eventing.holds")
                .description("consumed events that have not taken effect")
                .tag("group", group)
                .register(registry);
        oldestAges = MultiGauge.builder("eventing.holds.oldest.age")
                .description("age of the oldest of them")
                .baseUnit("seconds")
                .tag("group", group)
                .register(registry);
    }

    @Override
    public Duration round() {
        show(tallies.read());
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

    private void show(List<Tally> tallies) {
        counts.register(
                tallies.stream().collect(groupingBy(this::tags, summingLong(Tally::count))).entrySet().stream()
                        .map(counted -> MultiGauge.Row.of(counted.getKey(), counted.getValue()))
                        .toList(),
                true);
        oldestAges.register(
                tallies.stream().collect(groupingBy(tally -> tag.of(tally.type()))).entrySet().stream()
                        .map(type -> MultiGauge.Row.of(Tags.of("type", type.getKey()), oldestAge(type.getValue())))
                        .toList(),
                true);
    }

    private Tags tags(Tally tally) {
        return Tags.of("type", tag.of(tally.type()), "state", tally.state().name());
    }

    private static double oldestAge(List<Tally> tallies) {
        return tallies.stream().mapToDouble(Tally::oldestAge).max().orElse(0);
    }

    /** The numbers of a consumer's holds by event type and state. */
    static class Tallies {

        /** Reads all holds of the consumer, which are few. */
        private static final String TALLIES = """
                SELECT type, state, count(*) AS holds, extract(epoch FROM clock_timestamp() - min(since)) AS oldest_age
                FROM eventing.key_hold
                WHERE consumer = :consumer
                GROUP BY type, state
                """;

        private final JdbcClient jdbc;
        private final String consumer;

        Tallies(JdbcClient jdbc, String consumer) {
            this.jdbc = jdbc;
            this.consumer = consumer;
        }

        List<Tally> read() {
            return jdbc.sql(TALLIES)
                    .param("consumer", consumer)
                    .query((row, number) -> new Tally(
                            row.getString("type"),
                            HoldState.valueOf(row.getString("state")),
                            row.getLong("holds"),
                            row.getDouble("oldest_age")))
                    .list();
        }
    }

    /** @param oldestAge the age in seconds */
    record Tally(String type, HoldState state, long count, double oldestAge) {}
}

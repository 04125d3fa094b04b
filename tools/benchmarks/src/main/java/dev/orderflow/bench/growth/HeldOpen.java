package dev.orderflow.bench.growth;

import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Sampler;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.Timeline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Transaction that stays open while others write at full speed: vacuum cannot remove dead rows, and snapshots stay old. */
final class HeldOpen {

    private static final double LARGEST_LOSS_RATIO = 0.90;
    private static final long WARM_UP_SECONDS = 5;
    private static final long LONGEST_BESIDE_SECONDS = 20;
    private static final int THREADS = 8;
    private static final int WINDOWS = 5;
    /** Sampling interval; each request costs the instance time, too. */
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Instances instances;
    private final Map<String, String> properties;
    private final long seconds;

    HeldOpen(Instances instances, Map<String, String> properties, long seconds) {
        this.instances = instances;
        this.properties = properties;
        this.seconds = seconds;
    }

    /**
     * Measures before the transaction, while it is open (its last part, when most dead rows exist) and after it, in
     * windows of the same length.
     */
    Report measure() throws SQLException {
        var beside = Math.min(seconds, LONGEST_BESIDE_SECONDS);
        instances.run(1);
        instances.write(WARM_UP_SECONDS + 2 * beside + seconds + 1, THREADS);
        var begin = System.nanoTime();
        var opened = WARM_UP_SECONDS + beside;
        var closed = opened + seconds;
        var before = instances.acknowledged();
        var end = closed + beside;
        try (var foreign = DriverManager.getConnection(
                properties.get("spring.datasource.url"),
                properties.get("spring.datasource.username"),
                properties.get("spring.datasource.password"))) {
            var holder = new Holder(foreign, opened, closed);
            var samples = new ArrayList<Timeline.Sample>();
            new Sampler(
                            () -> {
                                var now = (System.nanoTime() - begin) / 1e9;
                                holder.at(now);
                                samples.add(new Timeline.Sample(now, instances.acknowledged() - before));
                                return (long) now;
                            },
                            end,
                            EVERY)
                    .await(Duration.ofSeconds(end + 60));
            return report(new Timeline(samples), opened, closed, beside);
        }
    }

    private static Report report(Timeline timeline, long opened, long closed, long beside) {
        var normal = windows(timeline, opened - beside, beside);
        var during = windows(timeline, closed - beside, beside);
        var after = windows(timeline, closed, beside);
        return new Report(
                List.of(
                        new Comparison("a transaction held open", "events/s", normal, during)
                                .withTarget(new Target.RatioAtLeast(LARGEST_LOSS_RATIO)),
                        new Comparison("after it has ended", "events/s", normal, after)
                                .withTarget(new Target.RatioAtLeast(LARGEST_LOSS_RATIO))),
                List.of(Plot.throughput(
                        String.format(Locale.ROOT, "A transaction is open from %d s to %d s", opened, closed),
                        Map.of("acknowledged", timeline))));
    }

    private static Samples windows(Timeline timeline, double from, double length) {
        var step = length / WINDOWS;
        return new Samples(IntStream.range(0, WINDOWS)
                .mapToObj(window -> timeline.perSecondBetween(from + window * step, from + (window + 1) * step))
                .toList());
    }

    /** Opens and ends the transaction at the planned times. */
    private static final class Holder {

        private final Connection connection;
        private final double opens;
        private final double closes;
        private boolean open;

        private Holder(Connection connection, double opens, double closes) throws SQLException {
            this.connection = connection;
            this.opens = opens;
            this.closes = closes;
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
        }

        private void at(double seconds) {
            try {
                if (!open && seconds >= opens && seconds < closes) {
                    // With an id of its own and a snapshot, it is the worst case of a forgotten session.
                    try (var statement = connection.createStatement()) {
                        statement.execute("SELECT pg_current_xact_id()");
                    }
                    open = true;
                } else if (open && seconds >= closes) {
                    connection.rollback();
                    open = false;
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

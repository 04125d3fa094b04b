package dev.orderflow.bench.growth;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.bench.publishing.PublishingService;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "growth",
        description = "Change of the speed with a longer backlog, a fuller inbox, more instances,"
                + " and an open transaction.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class GrowthBenchmark implements Benchmark {

    private static final double BACKLOG_RATIO = 0.90;
    private static final double INBOX_RATIO = 0.85;
    private static final double INSTANCES_RATIO = 1.0;
    private static final int CONNECTIONS = 12;
    private static final int EVENTS_PER_TRANSACTION = 1_000;

    /**
     * Maximum backlog shared by several instances. They do not end at the same time, which weighs the more the smaller
     * the backlog is.
     */
    private static final long MOST_SHARED = 1_000_000;

    @Option(names = "--backlog", paramLabel = "N", description = "Events of the long backlog (default: 1000000).")
    private @Nullable Long backlog;

    @Option(names = "--short-backlog", paramLabel = "N", description = "Events of the short backlog.")
    private long shortBacklog = 10_000;

    @Option(names = "--inbox-rows", paramLabel = "N", description = "Rows of the full inbox (default: 2000000).")
    private @Nullable Long inboxRows;

    @Option(names = "--consumed", paramLabel = "N", description = "Events consumed with each inbox per round.")
    private long consumed = 30_000;

    @Option(names = "--instances", paramLabel = "N", description = "Number of instances, compared with one.")
    private int most = 2;

    @Option(
            names = "--held-open",
            paramLabel = "SECONDS",
            description = "Duration of the open transaction (default: 60).")
    private @Nullable Long heldOpen;

    @Option(
            names = "--full",
            description = "Full size: a backlog of 5000000, 50000000 inbox rows, a transaction of 600 s.")
    private boolean full;

    @Mixin
    private final RunOptions options = new RunOptions(5, 1);

    @Override
    public void run() {
        options.require(most >= 2, "--instances must be at least 2.");
        options.require(shortBacklog >= 1 && consumed >= 1, "--short-backlog and --consumed must be at least 1.");
        options.publish(measure(options.rounds()));
    }

    private Report measure(Rounds rounds) {
        var reports = new ArrayList<Report>();
        try (var environment = Environment.start()) {
            reports.add(outboxes(environment, rounds));
            reports.add(new Report(List.of(inboxes(environment, rounds))));
        }
        return Report.of(reports);
    }

    private Report outboxes(Environment environment, Rounds rounds) {
        var properties = publishing(environment);
        var longest = Optional.ofNullable(backlog).orElse(full ? 5_000_000L : 1_000_000L);
        var table = OutboxTable.create(properties, longest);
        try (var instances = new Instances(table, properties, most)) {
            instances.run(1);
            var backlogs = rounds.withWarmUps(2)
                    .measure(
                            String.format(Locale.ROOT, "backlog %,d -> %,d", shortBacklog, longest),
                            "events/s",
                            () -> instances.drain(shortBacklog),
                            () -> instances.drain(longest))
                    .withTarget(new Target.RatioAtLeast(BACKLOG_RATIO));
            var shared = Math.min(longest, MOST_SHARED);
            var more = rounds.measure(
                            String.format(Locale.ROOT, "instances 1 -> %d", most),
                            "events/s",
                            () -> drain(instances, 1, shared),
                            () -> drain(instances, most, shared))
                    .withTarget(new Target.RatioAtLeast(INSTANCES_RATIO));
            var held = new HeldOpen(
                            instances, properties, Optional.ofNullable(heldOpen).orElse(full ? 600L : 60L))
                    .measure();
            return Report.of(List.of(new Report(List.of(backlogs, more)), held));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double drain(Instances instances, int number, long events) {
        instances.run(number);
        return instances.drain(events);
    }

    private Comparison inboxes(Environment environment, Rounds rounds) {
        var rows = Optional.ofNullable(inboxRows).orElse(full ? 50_000_000L : 2_000_000L);
        try (var publisher = PublishingService.start(environment.createDatabase("bench_inbox_source"));
                var empty = ConsumingService.start(environment.createDatabase("bench_inbox_empty"), "bench-empty");
                var filled = ConsumingService.start(environment.createDatabase("bench_inbox_full"), "bench-full")) {
            filled.fillInbox(rows);
            publisher.startRelay();
            var stream = new long[] {10};
            return rounds.measure(
                            String.format(Locale.ROOT, "inbox rows 0 -> %,d", rows),
                            "events/s",
                            () -> {
                                publish(publisher, stream[0]++);
                                return empty.consume(consumed);
                            },
                            () -> filled.consume(consumed))
                    .withTarget(new Target.RatioAtLeast(INBOX_RATIO));
        }
    }

    private void publish(PublishingService publisher, long stream) {
        for (var from = 0L; from < consumed; from += EVENTS_PER_TRANSACTION) {
            publisher.publish(LongStream.range(from, Math.min(from + EVENTS_PER_TRANSACTION, consumed))
                    .mapToObj(number -> Orders.placed(Orders.id(stream, number), number))
                    .toList());
        }
        publisher.awaitAllSent();
    }

    /** Properties for publishing: other instances' commits are seen at once, and shares are taken over soon. */
    private static Map<String, String> publishing(Environment environment) {
        var properties = new HashMap<>(environment.createDatabase("bench_growth"));
        properties.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(CONNECTIONS));
        properties.put("eventing.outbox.longest-poll", "10ms");
        properties.put("eventing.outbox.lease", "3s");
        return properties;
    }
}

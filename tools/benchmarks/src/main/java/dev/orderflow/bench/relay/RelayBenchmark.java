package dev.orderflow.bench.relay;

import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.ShortBenchmark;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.Timeline;
import dev.orderflow.bench.publishing.WriterLoad;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "relay",
        description =
                "Rate at which the relay sends a backlog, compared with the same records sent from memory or another design"
                        + " of a relay; and its effect on concurrent writers.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RelayBenchmark implements ShortBenchmark {

    private static final double FRESH_RATIO = 0.80;
    private static final double WARM_RATIO = 0.55;
    private static final double TOOL_RATIO = 0.70;
    private static final double WRITERS_RATIO = 0.85;
    private static final double MOST_LEFT_PERCENT = 0.5;
    private static final double SINGLE_KEY_PER_SECOND = 5_000;
    private static final long EVERYTHING_IS_LEFT = 100;
    private static final int WRITERS = 8;

    /** State of the measuring JVMs. */
    enum Jvm {
        FRESH,
        WARM,
        BOTH
    }

    @Option(names = "--events", paramLabel = "N", description = "Events of the backlog.")
    private long events = 1_000_000;

    @Option(names = "--payload", description = "Content of the events: ${COMPLETION-CANDIDATES}.")
    private Payload payload = Payload.ORDER;

    @Option(
            names = "--against",
            description = "Baseline for the relay: ${COMPLETION-CANDIDATES}."
                    + " The last two are other designs of a relay, for which only the backlog is measured.")
    private Against against = Against.MEMORY;

    @Option(names = "--batch", paramLabel = "N", description = "Rows that the plain relay sends in one transaction.")
    private int batch = 1_000;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description =
                    "Brokers. Each record has three replicas, or one per broker if there are fewer; all but one must acknowledge it.")
    private int brokers = 1;

    @Option(names = "--jvm", description = "State of the measuring JVM: ${COMPLETION-CANDIDATES}.")
    private Jvm jvm = Jvm.BOTH;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of writing at full speed.")
    private int seconds = 5;

    @Mixin
    private final RunOptions options = new RunOptions(5, 1);

    @Override
    public void run() {
        options.require(events >= 1 && seconds >= 1, "--events and --seconds must be at least 1.");
        options.require(batch >= 1, "--batch must be at least 1.");
        options.require(brokers >= 1 && brokers <= 9, "--brokers must be 1 to 9.");
        options.require(
                payload == Payload.ORDER || against == Against.MEMORY,
                "--against must be memory for --payload random, which is sent against Kafka's own tool.");
        options.publish(measure(options.rounds()));
    }

    /** Measures a tenth of the backlog, in fresh JVMs only. */
    @Override
    public List<Comparison> measureShortly() {
        events = 100_000;
        jvm = Jvm.FRESH;
        try (var environment = Environment.start()) {
            return drains(environment, new Rounds(3, 0, options.out())).comparisons();
        }
    }

    private Report measure(Rounds rounds) {
        var reports = new ArrayList<Report>();
        try (var environment = Environment.start(against.postgresParameters(), brokers)) {
            reports.add(drains(environment, rounds));
            if (payload == Payload.ORDER && against == Against.MEMORY) {
                reports.add(new Report(besideWriters(environment, rounds)));
                reports.add(new Report(List.of(singleKey(environment, rounds))));
            }
        }
        return Report.of(reports);
    }

    private Report drains(Environment environment, Rounds rounds) {
        var comparisons = new ArrayList<Comparison>();
        try (var drains = Drains.prepare(environment, new Drains.Plan(payload, events, against, batch), rounds)) {
            if (payload == Payload.RANDOM) {
                comparisons.add(drains.againstTool().withTarget(new Target.RatioAtLeast(TOOL_RATIO)));
            } else {
                if (jvm != Jvm.WARM) {
                    comparisons.add(withTarget(drains.fresh(), FRESH_RATIO));
                }
                if (jvm != Jvm.FRESH) {
                    comparisons.add(withTarget(drains.warm(), WARM_RATIO));
                }
            }
            return new Report(comparisons, List.of(Plot.throughput("Sending the backlog", drains.timelines())));
        }
    }

    /** Sets the target. It is a share of the maximum, since the relay need not be faster than the baseline. */
    private Comparison withTarget(Comparison comparison, double ratio) {
        return against == Against.MEMORY ? comparison.withTarget(new Target.RatioAtLeast(ratio)) : comparison;
    }

    private List<Comparison> besideWriters(Environment environment, Rounds rounds) {
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        var left = new ArrayList<Double>();
        try (var child = RelayWorker.start(writing(environment.createDatabase("bench_writers")))) {
            rounds.run(number -> {
                var off = write(child, "off").perSecond();
                var on = write(child, "on");
                rounds.line(
                        number,
                        "writers: relay off %,.0f events/s, on %,.0f; left %.2f %%",
                        off,
                        on.perSecond(),
                        on.left());
                if (number > 0) {
                    without.add(off);
                    with.add(on.perSecond());
                    left.add(on.left());
                }
            });
        }
        var everything = new Samples(Collections.nCopies(left.size(), (double) EVERYTHING_IS_LEFT));
        return List.of(
                new Comparison("writers beside the relay", "events/s", new Samples(without), new Samples(with))
                        .withTarget(new Target.RatioAtLeast(WRITERS_RATIO)),
                new Comparison("left when the writers stop", "%", everything, new Samples(left))
                        .lessIsBetter()
                        .withTarget(new Target.AtMost(MOST_LEFT_PERCENT)));
    }

    private WriterLoad.Result write(ChildJvm child, String relay) {
        return child.ask(
                String.format(Locale.ROOT, "write %d %d %s", seconds, WRITERS, relay), WriterLoad.Result.class);
    }

    private Comparison singleKey(Environment environment, Rounds rounds) {
        var some = Math.max(1, events / 50);
        try (var child = RelayWorker.start(writing(environment.createDatabase("bench_keys")))) {
            return rounds.measure(
                            "one single key",
                            "events/s",
                            () -> some
                                    / child.ask("keys " + some + " many", Timeline.class)
                                            .seconds(),
                            () -> some
                                    / child.ask("keys " + some + " one", Timeline.class)
                                            .seconds())
                    .withTarget(new Target.AtLeast(SINGLE_KEY_PER_SECOND));
        }
    }

    private static Map<String, String> writing(Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(WRITERS + 4));
        return all;
    }
}

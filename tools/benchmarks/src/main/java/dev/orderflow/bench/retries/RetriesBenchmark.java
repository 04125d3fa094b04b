package dev.orderflow.bench.retries;

import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.ShortBenchmark;
import dev.orderflow.bench.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retries",
        description = "Rate of consuming healthy events while others fail, compared with no failures.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RetriesBenchmark implements ShortBenchmark {

    /** Maximum share of failing events: at most one of a counter's five events fails. */
    private static final double LARGEST_SHARE = 0.2;

    private static final double REQUIRED = 0.8;

    @Option(names = "--events", paramLabel = "N", description = "Events per round, five per key.")
    private int events = 10_000;

    @Option(names = "--transient", paramLabel = "SHARE", description = "Share of events that fail once.")
    private double passing = 0.01;

    @Option(names = "--permanent", paramLabel = "SHARE", description = "Share of events that fail permanently.")
    private double lasting = 0.001;

    @Option(names = "--first-delay", paramLabel = "TIME", description = "eventing.retry.first-delay of the service.")
    private String firstDelay = "1s";

    @Mixin
    private final RunOptions options = new RunOptions(5, 5);

    @Override
    public void run() {
        options.require(events >= 1, "--events must be at least 1.");
        options.require(
                passing >= 0 && lasting >= 0 && passing + lasting <= LARGEST_SHARE,
                "--transient and --permanent must not be negative, nor more than 0.2 together.");
        options.publish(new Report(List.of(measure(options.rounds()))));
    }

    @Override
    public List<Comparison> measureShortly() {
        return List.of(measure(new Rounds(3, 1, options.out())));
    }

    private Comparison measure(Rounds rounds) {
        var baseline = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        try (var environment = Environment.start();
                var service = RetriesService.start(properties(environment))) {
            service.stopConsuming();
            rounds.run(number -> {
                var without = new Round(service, workload(number, rounds.warmUps(), "a")).baseline();
                var with = new Round(service, workload(number, rounds.warmUps(), "b")).withFailures();
                tell(rounds, number, without, with);
                if (number > 0) {
                    baseline.add(without);
                    ours.add(with.perSecond());
                }
            });
        }
        return new Comparison("retries", "events/s", new Samples(baseline), new Samples(ours))
                .withTarget(new Target.RatioAtLeast(REQUIRED));
    }

    private Map<String, String> properties(Environment environment) {
        var properties = new HashMap<>(environment.createDatabase("bench_retries"));
        properties.put("eventing.retry.first-delay", firstDelay);
        return properties;
    }

    /** Returns a workload; those of the baseline and of the failures differ only in their counters' names. */
    private Workload workload(int round, int warmUps, String variant) {
        var prefix = String.format(Locale.ROOT, "%s%d-", variant, round + warmUps);
        return Workload.create(prefix, round, events, passing, lasting);
    }

    private static void tell(Rounds rounds, int number, double without, Round.WithFailures with) {
        rounds.line(
                number,
                "%,7.0f/s without failures, %,7.0f/s with; replay of %,d dead letters and %,d events behind them: %.1f s",
                without,
                with.perSecond(),
                with.letters(),
                with.followers(),
                with.replay().toMillis() / 1000.0);
    }
}

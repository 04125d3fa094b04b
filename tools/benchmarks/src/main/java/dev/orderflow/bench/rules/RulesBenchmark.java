package dev.orderflow.bench.rules;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rules",
        description = "Time until two instances of order-service price with a changed promotion, after its commit.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RulesBenchmark implements Benchmark {

    private static final double LONGEST_MILLIS = 1_000;
    private static final int DIGITS = 3;

    @Option(names = "--changes", paramLabel = "N", description = "Changes of the promotion in each round.")
    private int changes = 50;

    @Mixin
    private final RunOptions options = new RunOptions(3, 1);

    @Override
    public void run() {
        options.require(changes >= 1, "--changes must be at least 1.");
        var committed = new ArrayList<Histogram>();
        var effective = new ArrayList<Histogram>();
        var rounds = options.rounds();
        try (var shops = TwoShops.start()) {
            rounds.run(number -> {
                var commits = new Histogram(DIGITS);
                var effects = new Histogram(DIGITS);
                for (var change = 0; change < changes; change++) {
                    var delay = shops.change();
                    commits.recordValue(delay.untilCommitted().toNanos());
                    effects.recordValue(delay.untilEffective().toNanos());
                }
                rounds.line(
                        number,
                        "changed in p50 %.1f ms; effective after p50 %.1f ms, p99 %.1f ms",
                        Latency.millis(commits, 50),
                        Latency.millis(effects, 50),
                        Latency.millis(effects, 99));
                if (number > 0) {
                    committed.add(commits);
                    effective.add(effects);
                }
            });
        }
        options.publish(new Report(List.of(
                compare("rules p50", 50, committed, effective), compare("rules p99", 99, committed, effective))));
    }

    private static Comparison compare(
            String name, double percentile, List<Histogram> committed, List<Histogram> effective) {
        return new Comparison(name, "ms", millis(percentile, committed), millis(percentile, effective))
                .lessIsBetter()
                .withTarget(new Target.AtMost(LONGEST_MILLIS));
    }

    private static Samples millis(double percentile, List<Histogram> rounds) {
        return new Samples(
                rounds.stream().map(round -> Latency.millis(round, percentile)).toList());
    }
}

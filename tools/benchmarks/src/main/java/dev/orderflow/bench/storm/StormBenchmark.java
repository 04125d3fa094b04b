package dev.orderflow.bench.storm;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.storm.StormRound.Result;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "storm",
        description =
                "Valid events at a rate while a storm of invalid ones arrives on their topic, compared with none.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class StormBenchmark implements Benchmark {

    private static final double REQUIRED = 0.8;

    @Option(names = "--valid", paramLabel = "N", description = "Valid events of a round.")
    private int valid = 60_000;

    @Option(names = "--rate", paramLabel = "N", description = "Valid events per second.")
    private int rate = 1_000;

    @Option(names = "--invalid", paramLabel = "N", description = "Invalid events of the storm.")
    private int invalid = 100_000;

    @Mixin
    private final RunOptions options = new RunOptions(3, 1);

    @Override
    public void run() {
        options.require(valid >= 1 && rate >= 1 && invalid >= 1, "--valid, --rate and --invalid must be at least 1.");
        var calm = new ArrayList<Double>();
        var stormy = new ArrayList<Double>();
        var rounds = options.rounds();
        rounds.run(number -> {
            var without = measure(0);
            var with = measure(invalid);
            rounds.line(
                    number,
                    "%,.0f/s without a storm (p50 %,.1f ms, p99 %,.1f ms), %,.0f/s with (%,.1f, %,.1f)",
                    without.perSecond(),
                    without.median(),
                    without.slowest(),
                    with.perSecond(),
                    with.median(),
                    with.slowest());
            if (number > 0) {
                calm.add(without.perSecond());
                stormy.add(with.perSecond());
            }
        });
        options.publish(new Report(List.of(new Comparison("storm", "events/s", new Samples(calm), new Samples(stormy))
                .withTarget(new Target.RatioAtLeast(REQUIRED)))));
    }

    /** Measures on new servers, since a storm leaves its dead letters in the database and its records on the topic. */
    private Result measure(int storm) {
        try (var environment = Environment.start();
                var round = new StormRound("bench_storm", environment.createDatabase("bench_storm"))) {
            return round.measure(valid, rate, storm);
        }
    }
}

package dev.orderflow.bench.schedule;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "schedule",
        description = "Time until many events of the same moment are sent, while many others are pending.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ScheduleBenchmark implements Benchmark {

    private static final double LONGEST_MILLIS = 1_000;

    @Option(names = "--pending", paramLabel = "N", description = "Events that are due much later.")
    private int pending = 1_000_000;

    @Option(names = "--due", paramLabel = "N", description = "Events that are due at the same moment.")
    private int due = 10_000;

    @Mixin
    private final RunOptions options = new RunOptions(3, 1);

    @Override
    public void run() {
        options.require(pending >= 0 && due >= 1, "--pending must be at least 0, and --due at least 1.");
        var immediate = new ArrayList<Double>();
        var scheduled = new ArrayList<Double>();
        var rounds = options.rounds();
        try (var environment = Environment.start();
                var moments = new Moments(environment.createDatabase("bench_schedule"))) {
            moments.addPending(pending);
            rounds.run(number -> {
                var atOnce = moments.publishMillis(due);
                var later = moments.scheduleMillis(due);
                rounds.line(number, "%,.0f ms published at once, %,.0f ms after their time", atOnce, later);
                if (number > 0) {
                    immediate.add(atOnce);
                    scheduled.add(later);
                }
            });
        }
        options.publish(
                new Report(List.of(new Comparison("schedule", "ms", new Samples(immediate), new Samples(scheduled))
                        .lessIsBetter()
                        .withTarget(new Target.AtMost(LONGEST_MILLIS)))));
    }
}

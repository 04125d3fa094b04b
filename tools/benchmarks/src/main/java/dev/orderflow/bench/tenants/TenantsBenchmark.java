package dev.orderflow.bench.tenants;

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
        name = "tenants",
        description = "Slowest event of a quiet tenant behind a loud tenant's flood, with a rate limit and without.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TenantsBenchmark implements Benchmark {

    private static final double LONGEST_MILLIS = 1_000;

    @Option(names = "--flood", paramLabel = "N", description = "Events of the loud tenant.")
    private int flood = 100_000;

    @Option(names = "--quiet", paramLabel = "N", description = "Events of the quiet tenant.")
    private int quiet = 10;

    @Option(names = "--limit", paramLabel = "N", description = "Events per second of a tenant.")
    private int limit = 500;

    @Mixin
    private final RunOptions options = new RunOptions(3, 1);

    @Override
    public void run() {
        options.require(flood >= 1 && quiet >= 1 && limit >= 1, "--flood, --quiet and --limit must be at least 1.");
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        var rounds = options.rounds();
        rounds.run(number -> {
            var unlimited = measure(0);
            var limited = measure(limit);
            rounds.line(number, "%,.0f ms without a limit, %,.0f ms with", unlimited, limited);
            if (number > 0) {
                without.add(unlimited);
                with.add(limited);
            }
        });
        options.publish(new Report(List.of(new Comparison("tenants", "ms", new Samples(without), new Samples(with))
                .lessIsBetter()
                .withTarget(new Target.AtMost(LONGEST_MILLIS)))));
    }

    /** Measures on new servers, since the flood remains on the topic. */
    private double measure(int perSecond) {
        try (var environment = Environment.start();
                var round = new TenantsRound("bench_tenants", environment.createDatabase("bench_tenants"), perSecond)) {
            return round.slowestMillis(flood, quiet);
        }
    }
}

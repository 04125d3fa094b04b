package dev.orderflow.bench.retries;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Samples;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench retries} */
@Command(
        name = "retries",
        description = "How fast events that do not fail are taken in while others fail, against none failing.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RetriesBenchmark implements Benchmark {

    /** Of a counter's five events at most one fails. */
    private static final double LARGEST_SHARE = 0.2;

    private static final double REQUIRED = 0.8;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--events", paramLabel = "N", description = "Events of a round, five per key.")
    private int events = 10_000;

    @Option(names = "--rounds", paramLabel = "R", description = "Rounds, each without and with failures.")
    private int rounds = 5;

    @Option(names = "--warm-ups", paramLabel = "R", description = "Rounds before that, which do not count.")
    private int warmUps = 5;

    @Option(names = "--transient", paramLabel = "SHARE", description = "Events that fail once.")
    private double passing = 0.01;

    @Option(names = "--permanent", paramLabel = "SHARE", description = "Events that fail for good.")
    private double lasting = 0.001;

    @Option(names = "--first-delay", paramLabel = "TIME", description = "eventing.retry.first-delay of the service.")
    private String firstDelay = "1s";

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there too.")
    private @Nullable Path json;

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (events < 1 || rounds < 1 || warmUps < 0) {
            throw new ParameterException(command, "--events and --rounds must be at least 1, --warm-ups at least 0.");
        }
        if (passing < 0 || lasting < 0 || passing + lasting > LARGEST_SHARE) {
            throw new ParameterException(
                    command, "--transient and --permanent must not be negative, nor more than 0.2 together.");
        }
        var report = new Report(List.of(measure(command.getOut())));
        report.print(command.getOut());
        command.getOut().printf("required ratio: at least %.2f%n", REQUIRED);
        if (json != null) {
            report.write(json);
        }
    }

    private Comparison measure(PrintWriter out) {
        var baseline = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        try (var environment = Environment.start();
                var service = RetriesService.start(properties(environment))) {
            service.stopConsuming();
            for (var number = 1 - warmUps; number <= rounds; number++) {
                var without = new Round(service, workload(number, "a")).baseline();
                var with = new Round(service, workload(number, "b")).withFailures();
                print(out, number, without, with);
                if (number > 0) {
                    baseline.add(without);
                    ours.add(with.perSecond());
                }
            }
        }
        return new Comparison("retries", "events/s", new Samples(baseline), new Samples(ours));
    }

    private Map<String, String> properties(Environment environment) {
        var properties = new HashMap<>(environment.createDatabase("bench_retries"));
        properties.put("eventing.retry.first-delay", firstDelay);
        return properties;
    }

    /** That of the baseline and that of the failures differ in their counters' names only. */
    private Workload workload(int round, String variant) {
        var prefix = "%s%d-".formatted(variant, round + warmUps);
        return Workload.create(prefix, round, events, passing, lasting);
    }

    private static void print(PrintWriter out, int number, double without, Round.WithFailures with) {
        out.printf(
                "%-8s %,7.0f/s without failures, %,7.0f/s with; replay of %,d dead letters and %,d events behind them: %.1f s%n",
                number > 0 ? "round " + number : "warm-up",
                without,
                with.perSecond(),
                with.letters(),
                with.followers(),
                with.replay().toMillis() / 1000.0);
        out.flush();
    }
}

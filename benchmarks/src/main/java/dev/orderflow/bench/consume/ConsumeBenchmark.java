package dev.orderflow.bench.consume;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Samples;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench consume} */
@Command(
        name = "consume",
        description =
                "How fast events with an inbox and one stock update each are taken in, against a loop written by hand.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ConsumeBenchmark implements Benchmark {

    private static final double REQUIRED = 0.6;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--events", paramLabel = "N", description = "Events of a round.")
    private int events = 200_000;

    @Option(names = "--keys", paramLabel = "N", description = "Orders that the events belong to.")
    private int keys = 50_000;

    @Option(names = "--products", paramLabel = "N", description = "Rows of the stock that they change.")
    private int products = 10_000;

    @Option(
            names = "--handlers",
            paramLabel = "HOW",
            split = ",",
            description = "How the service changes the stock: ${COMPLETION-CANDIDATES}.")
    private List<Handler> handlers = List.of(Handler.jdbc, Handler.jpa);

    @Option(names = "--rounds", paramLabel = "R", description = "Rounds, each with both.")
    private int rounds = 5;

    @Option(names = "--warm-ups", paramLabel = "R", description = "Rounds before that, which do not count.")
    private int warmUps = 2;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there too.")
    private @Nullable Path json;

    /** Named as the profiles of the service. */
    enum Handler {
        /** The same JDBC batch as the loop written by hand. */
        jdbc,
        /** Entities that are read, locked, changed and versioned. */
        jpa
    }

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (events < 1 || keys < 1 || products < 1 || rounds < 1 || warmUps < 0) {
            throw new ParameterException(
                    command, "--events, --keys, --products and --rounds must be at least 1, --warm-ups at least 0.");
        }
        var report = new Report(handlers.stream()
                .map(handler -> measure(handler, command.getOut()))
                .toList());
        report.print(command.getOut());
        command.getOut().printf("required ratio: at least %.2f%n", REQUIRED);
        if (json != null) {
            report.write(json);
        }
    }

    private Comparison measure(Handler handler, PrintWriter out) {
        var baseline = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        try (var environment = Environment.start()) {
            var properties = environment.createDatabase("bench_consume");
            try (var service = ConsumeService.start(handler.name(), properties)) {
                var loop = new HandwrittenLoop(properties);
                var pieces =
                        new Workload(events, keys, products).publish(properties.get("spring.kafka.bootstrap-servers"));
                for (var number = 1 - warmUps; number <= rounds; number++) {
                    var byHand = rate(service, pieces, () -> loop.run(events));
                    var byService = rate(service, pieces, () -> service.consume(events, pieces));
                    out.printf(
                            "%-8s %-4s %,9.0f/s by hand, %,9.0f/s by the service%n",
                            number > 0 ? "round " + number : "warm-up", handler, byHand, byService);
                    out.flush();
                    if (number > 0) {
                        baseline.add(byHand);
                        ours.add(byService);
                    }
                }
            }
        }
        return new Comparison("consume " + handler, "events/s", new Samples(baseline), new Samples(ours));
    }

    private double rate(ConsumeService service, long pieces, Runnable consumption) {
        service.reset(products);
        consumption.run();
        service.requireOnce(events, pieces);
        return service.rate();
    }
}

package dev.orderflow.bench.consume;

import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.ShortBenchmark;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "consume",
        description =
                "Rate of consuming events with an inbox and one stock update each, compared with a handwritten loop.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ConsumeBenchmark implements ShortBenchmark {

    private static final double REQUIRED = 0.6;

    @Option(names = "--events", paramLabel = "N", description = "Events per round.")
    private int events = 200_000;

    @Option(names = "--keys", paramLabel = "N", description = "Number of different orders.")
    private int keys = 50_000;

    @Option(names = "--products", paramLabel = "N", description = "Number of different products.")
    private int products = 10_000;

    @Option(
            names = "--handlers",
            paramLabel = "HOW",
            split = ",",
            description = "Handler of the service: ${COMPLETION-CANDIDATES}.")
    private List<Handler> handlers = List.of(Handler.jdbc, Handler.jpa);

    @Mixin
    private final RunOptions options = new RunOptions(5, 2);

    private final Map<String, Timeline> timelines = new LinkedHashMap<>();

    /** Handlers, named as the profiles of the service. */
    enum Handler {
        /** Handler with the same JDBC batch as the handwritten loop. */
        jdbc,
        /** Handler with entities that are read, locked, changed and versioned. */
        jpa
    }

    @Override
    public void run() {
        options.require(
                events >= 1 && keys >= 1 && products >= 1, "--events, --keys and --products must be at least 1.");
        var comparisons = measure(options.rounds());
        options.publish(new Report(comparisons, List.of(Plot.throughput("Consuming events", timelines))));
    }

    /** Measures fewer events, with the handler that makes the same statements as the loop. */
    @Override
    public List<Comparison> measureShortly() {
        events = 30_000;
        handlers = List.of(Handler.jdbc);
        return measure(new Rounds(3, 1, options.out()));
    }

    private List<Comparison> measure(Rounds rounds) {
        return handlers.stream().map(handler -> measure(handler, rounds)).toList();
    }

    private Comparison measure(Handler handler, Rounds rounds) {
        try (var environment = Environment.start()) {
            var properties = environment.createDatabase("bench_consume");
            try (var service = ConsumeService.start(handler.name(), properties)) {
                var loop = new HandwrittenLoop(properties);
                var units = new Workload(events, keys, products).publish(environment.bootstrapServers());
                return rounds.measure(
                                "consume " + handler,
                                "events/s",
                                () -> rate("by hand", service, units, () -> loop.run(events)),
                                () -> rate("service, " + handler, service, units, () -> service.consume(events, units)))
                        .withTarget(new Target.RatioAtLeast(REQUIRED));
            }
        }
    }

    /** Returns events per second; the plot shows the last measurement of each name. */
    private double rate(String name, ConsumeService service, long units, Runnable consumption) {
        service.reset(products);
        consumption.run();
        service.requireOnce(events, units);
        var timeline = service.timeline();
        timelines.put(name, timeline);
        return timeline.samples().getLast().total() / timeline.seconds();
    }
}

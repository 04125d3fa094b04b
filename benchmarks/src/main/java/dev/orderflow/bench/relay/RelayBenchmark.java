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
import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.bench.publishing.WriterLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./bench relay} */
@Command(
        name = "relay",
        description = "How fast the relay sends a backlog, against the same records sent from memory;"
                + " and what it costs writers beside it.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RelayBenchmark implements ShortBenchmark {

    /** Enough for a million records in memory. The same for all, so that only what is measured differs. */
    private static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx4g");

    private static final double FRESH_RATIO = 0.80;
    private static final double WARM_RATIO = 0.55;
    private static final double TOOL_RATIO = 0.70;
    private static final double WRITERS_RATIO = 0.85;
    private static final double MOST_LEFT_PERCENT = 0.5;
    private static final double SINGLE_KEY_PER_SECOND = 5_000;
    private static final long EVERYTHING_IS_LEFT = 100;
    private static final int WRITERS = 8;

    /** What the measuring JVMs do before they are asked. */
    enum Jvm {
        FRESH,
        WARM,
        BOTH
    }

    @Option(names = "--events", paramLabel = "N", description = "Events of the backlog.")
    private long events = 1_000_000;

    @Option(names = "--payload", description = "What they say: ${COMPLETION-CANDIDATES}.")
    private Payload payload = Payload.ORDER;

    @Option(names = "--jvm", description = "Whether the code was compiled before: ${COMPLETION-CANDIDATES}.")
    private Jvm jvm = Jvm.BOTH;

    @Option(names = "--seconds", paramLabel = "S", description = "How long writers write at full speed.")
    private int seconds = 5;

    @Mixin
    private final RunOptions options = new RunOptions(5, 1);

    private final Map<String, Timeline> timelines = new LinkedHashMap<>();

    @Override
    public void run() {
        options.require(events >= 1 && seconds >= 1, "--events and --seconds must be at least 1.");
        options.publish(measure(options.rounds()));
    }

    /** A tenth of the backlog, in fresh JVMs only. */
    @Override
    public List<Comparison> measureShortly() {
        events = 100_000;
        jvm = Jvm.FRESH;
        try (var environment = Environment.start()) {
            return drains(environment, new Rounds(3, 0, options.out()));
        }
    }

    private Report measure(Rounds rounds) {
        var comparisons = new ArrayList<Comparison>();
        try (var environment = Environment.start()) {
            comparisons.addAll(drains(environment, rounds));
            if (payload == Payload.ORDER) {
                comparisons.addAll(besideWriters(environment, rounds));
                comparisons.add(singleKey(environment, rounds));
            }
        }
        return new Report(comparisons, List.of(Plot.throughput("Sending the backlog", timelines)));
    }

    private List<Comparison> drains(Environment environment, Rounds rounds) {
        var properties = new HashMap<>(environment.createDatabase("bench_relay"));
        var records = environment.folder().resolve("records");
        properties.put("bench.records", records.toString());
        var backlog = writeBacklog(properties);
        var topic = new SentTopic(environment.bootstrapServers(), payload.topic());
        check(backlog, topic, records);

        var comparisons = new ArrayList<Comparison>();
        if (payload == Payload.RANDOM) {
            comparisons.add(againstTool(environment, rounds, backlog, topic));
            return comparisons;
        }
        if (jvm != Jvm.WARM) {
            comparisons.add(fresh(rounds, backlog, topic));
        }
        if (jvm != Jvm.FRESH) {
            comparisons.add(warm(rounds, backlog, topic));
        }
        return comparisons;
    }

    private Backlog writeBacklog(Map<String, String> properties) {
        var begin = System.nanoTime();
        try (var service = PublishingService.start(properties)) {
            var backlog = Backlog.write(service, properties, payload, events);
            tell("%,d events written, %,.0f per second", events, events / ((System.nanoTime() - begin) / 1e9));
            return backlog;
        }
    }

    /** Also leaves the records in a file, and the table's rows as the server keeps rows that were read before. */
    private void check(Backlog backlog, SentTopic topic, Path records) {
        topic.recreate();
        try (var child = child(backlog.properties())) {
            child.ask("drain " + events, Timeline.class);
        }
        var sent = topic.require(backlog, records);
        tell("checked: all %,d events are on the topic, each key's in order; %,d twice", events, sent - events);
    }

    private Comparison fresh(Rounds rounds, Backlog backlog, SentTopic topic) {
        Supplier<ChildJvm> anew = () -> child(backlog.properties());
        return rounds.measure(
                        "relay fresh",
                        "events/s",
                        () -> {
                            try (var child = anew.get()) {
                                return raw("fresh", child, topic);
                            }
                        },
                        () -> {
                            try (var child = anew.get()) {
                                return drain("fresh", child, backlog, topic);
                            }
                        })
                .withTarget(new Target.RatioAtLeast(FRESH_RATIO));
    }

    private Comparison warm(Rounds rounds, Backlog backlog, SentTopic topic) {
        try (var baseline = child(backlog.properties());
                var ours = child(backlog.properties())) {
            return rounds.withWarmUps(2)
                    .measure(
                            "relay warm",
                            "events/s",
                            () -> raw("warm", baseline, topic),
                            () -> drain("warm", ours, backlog, topic))
                    .withTarget(new Target.RatioAtLeast(WARM_RATIO));
        }
    }

    private Comparison againstTool(Environment environment, Rounds rounds, Backlog backlog, SentTopic topic) {
        return rounds.measure(
                        "relay random letters",
                        "events/s",
                        () -> {
                            topic.recreate();
                            return ProducerTool.run(
                                    environment.bootstrapServers(), topic.name(), events, 600, JVM_OPTIONS);
                        },
                        () -> {
                            try (var child = child(backlog.properties())) {
                                return drain("fresh", child, backlog, topic);
                            }
                        })
                .withTarget(new Target.RatioAtLeast(TOOL_RATIO));
    }

    private double raw(String state, ChildJvm child, SentTopic topic) {
        topic.recreate();
        var timeline = child.ask("raw " + topic.name(), Timeline.class);
        timelines.put("from memory, " + state + " JVM", timeline);
        return events / timeline.seconds();
    }

    private double drain(String state, ChildJvm child, Backlog backlog, SentTopic topic) {
        topic.recreate();
        backlog.rewind();
        var timeline = child.ask("drain " + events, Timeline.class);
        timelines.put("relay, " + state + " JVM", timeline);
        return events / timeline.seconds();
    }

    private List<Comparison> besideWriters(Environment environment, Rounds rounds) {
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        var left = new ArrayList<Double>();
        try (var child = child(writing(environment.createDatabase("bench_writers")))) {
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
        return child.ask("write %d %d %s".formatted(seconds, WRITERS, relay), WriterLoad.Result.class);
    }

    private Comparison singleKey(Environment environment, Rounds rounds) {
        var some = Math.max(1, events / 50);
        try (var child = child(writing(environment.createDatabase("bench_keys")))) {
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

    private static ChildJvm child(Map<String, String> properties) {
        return ChildJvm.start("relay", RelayWorker.class, JVM_OPTIONS, properties);
    }

    private void tell(String format, Object... values) {
        options.out().printf(format + "%n", values);
        options.out().flush();
    }
}

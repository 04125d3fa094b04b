package dev.orderflow.bench.relay;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.Timeline;
import dev.orderflow.bench.publishing.PublishingService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Repeated sending of one backlog, alternately by the relay and by its baseline. */
final class Drains implements AutoCloseable {

    private final Environment environment;
    private final Plan plan;
    private final Rounds rounds;
    private final Path records;
    private final Map<String, String> properties;
    private final Backlog backlog;
    private final SentTopic topic;
    private final Sending baseline;
    private final Sending ours;
    private final Map<String, Timeline> timelines = new LinkedHashMap<>();

    private Drains(Environment environment, Plan plan, Rounds rounds) {
        this.environment = environment;
        this.plan = plan;
        this.rounds = rounds;
        this.records = environment.folder().resolve("records");
        this.topic =
                new SentTopic(environment.bootstrapServers(), plan.payload().topic());
        this.properties = new HashMap<>(environment.createDatabase(Against.DATABASE));
        properties.put(RelayWorker.TOPIC, topic.name());
        properties.put(RelayWorker.RECORDS, records.toString());
        properties.put(RelayWorker.BATCH, Integer.toString(plan.batch()));
        var database = new OutboxDatabase(properties);
        this.backlog = new Backlog(database, plan.payload(), plan.events());
        this.baseline = new Sending(plan.against().word(), () -> plan.against().rewind(database));
        this.ours = new Sending("relay", backlog::rewind);
    }

    /**
     * Backlog and the baseline for sending it.
     *
     * @param batch of {@link Against#PLAIN}
     */
    record Plan(Payload payload, long events, Against against, int batch) {}

    /**
     * Way to send the backlog.
     *
     * @param word its request to {@link RelayWorker}
     * @param rewind makes everything unsent
     */
    private record Sending(String word, Runnable rewind) {}

    /** Writes the backlog and checks that each way sends it correctly. */
    static Drains prepare(Environment environment, Plan plan, Rounds rounds) {
        var drains = new Drains(environment, plan, rounds);
        drains.write();
        drains.check();
        return drains;
    }

    /** Measures each time in a new JVM. */
    Comparison fresh() {
        return rounds.measure(name("relay fresh"), "events/s", () -> measureFresh(baseline), () -> measureFresh(ours));
    }

    /** Measures repeatedly in the same two JVMs. */
    Comparison warm() {
        try (var one = RelayWorker.start(properties);
                var other = RelayWorker.start(properties)) {
            return rounds.withWarmUps(2)
                    .measure(
                            name("relay warm"),
                            "events/s",
                            () -> measure(baseline, "warm", one),
                            () -> measure(ours, "warm", other));
        }
    }

    /** Measures against Kafka's own tool, which sends as many records of the same size. */
    Comparison againstTool() {
        return rounds.measure(
                "relay random letters",
                "events/s",
                () -> {
                    topic.recreate();
                    return ProducerTool.run(
                            environment.bootstrapServers(),
                            topic.name(),
                            plan.events(),
                            Payload.BYTES,
                            RelayWorker.JVM_OPTIONS);
                },
                () -> measureFresh(ours));
    }

    /** {@return the last timeline of each way, by its name} */
    Map<String, Timeline> timelines() {
        return timelines;
    }

    @Override
    public void close() {
        plan.against().end(backlog.database());
    }

    private void write() {
        var begin = System.nanoTime();
        try (var service = PublishingService.start(properties)) {
            plan.against().prepare(environment, backlog.database());
            backlog.write(service);
        }
        tell(
                "%,d events written, %,.0f per second",
                plan.events(), plan.events() / ((System.nanoTime() - begin) / 1e9));
    }

    /**
     * Checks that all is sent. Also writes the records to a file and sets the hint bits of the table's rows by reading
     * them.
     */
    private void check() {
        try (var child = RelayWorker.start(properties);
                var copy = Files.newOutputStream(records)) {
            var content = check(ours, child, copy);
            if (plan.against() != Against.MEMORY
                    && check(baseline, child, OutputStream.nullOutputStream()).checksum() != content.checksum()) {
                throw new BrokenPromiseException(baseline.word() + " sent other bytes than the relay.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SentTopic.Content check(Sending sending, ChildJvm child, OutputStream copy) {
        send(sending, child);
        var content = topic.require(backlog, copy);
        tell(
                "checked, %s: all %,d events are on the topic, each key's in order; %,d twice",
                sending.word(), plan.events(), content.records() - plan.events());
        return content;
    }

    private double measureFresh(Sending sending) {
        try (var child = RelayWorker.start(properties)) {
            return measure(sending, "fresh", child);
        }
    }

    private double measure(Sending sending, String state, ChildJvm child) {
        var timeline = send(sending, child);
        timelines.put(sending.word() + ", " + state + " JVM", timeline);
        return plan.events() / timeline.seconds();
    }

    private Timeline send(Sending sending, ChildJvm child) {
        topic.recreate();
        sending.rewind().run();
        return child.ask(sending.word() + " " + plan.events(), Timeline.class);
    }

    private String name(String name) {
        return plan.against() == Against.MEMORY ? name : name + " against " + baseline.word();
    }

    private void tell(String format, Object... values) {
        rounds.out().printf(Locale.ROOT, format + "%n", values);
        rounds.out().flush();
    }
}

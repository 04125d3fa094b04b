package dev.orderflow.bench.storm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.storm.StormApplication.Readings;
import dev.orderflow.eventing.schemas.TypeCircuit;
import dev.orderflow.eventing.schemas.TypeCircuits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends valid events at a rate, with or without a storm, to a service with an empty database. */
final class StormRound implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ConfigurableApplicationContext service;
    private final Readings readings;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> unsent = new AtomicReference<>();
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    /** @param name name of the service and its consumer group */
    StormRound(String name, Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("spring.application.name", name);
        all.put("spring.flyway.locations", "classpath:db/none");
        all.put("eventing.group", name);
        all.put("eventing.inbox.concurrency", "2");
        var arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        service = new SpringApplicationBuilder(StormApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments);
        readings = service.getBean(Readings.class);
        // With several requests in flight, a broker that does not know the producer yet can take the second before the
        // first.
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        properties.get("spring.kafka.bootstrap-servers"),
                        "linger.ms",
                        5,
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Result of a round.
     *
     * @param perSecond valid events handled while the storm lasts: until all its events are dead letters, or the last valid event
     *                  is sent. Without a storm, the same part of the round counts.
     * @param median    milliseconds from sending to handling
     * @param slowest   the same of the slowest percent
     */
    record Result(double perSecond, double median, double slowest) {}

    /** Number of valid events that had been handled at a time. */
    private record Mark(long nanoTime, long handled) {

        double perSecondUntil(Mark later) {
            return (later.handled - handled) * 1e9 / (later.nanoTime - nanoTime);
        }
    }

    /** @param storm number of invalid events, sent at once when a tenth of the valid ones has been sent */
    Result measure(int valid, int perSecond, int storm) {
        var early = valid / 10;
        var begin = System.nanoTime();
        sendValid(begin, 0, early, perSecond);
        var first = mark();
        var last = new CompletableFuture<Mark>();
        if (storm > 0) {
            Thread.ofVirtual().start(() -> last.complete(markAfter(storm)));
        }
        sendValid(begin, early, valid, perSecond);
        last.complete(mark());
        await(
                () -> readings.handled() + " of " + valid + " valid events were handled",
                () -> readings.handled() >= valid);
        service.getBean(TypeCircuits.class).switchTo(ReadingEvent.BROKEN, TypeCircuit.Mode.CLOSED);
        await(
                () -> deadLetters() + " of " + storm + " invalid events became dead letters",
                () -> deadLetters() == storm);
        return new Result(first.perSecondUntil(last.join()), readings.millis(50), readings.millis(99));
    }

    private Mark mark() {
        return new Mark(System.nanoTime(), readings.handled());
    }

    /** Sends invalid events. Returns the mark when all are dead letters. */
    private Mark markAfter(int storm) {
        for (var number = 0; number < storm; number++) {
            send(ReadingEvent.BROKEN, "{\"value\":0}");
        }
        await(
                () -> deadLetters() + " of " + storm + " invalid events became dead letters",
                () -> deadLetters() == storm);
        return mark();
    }

    private void sendValid(long begin, int from, int to, int perSecond) {
        for (var number = from; number < to; number++) {
            waitUntil(begin + (long) (number * 1e9 / perSecond));
            send(ReadingEvent.SOUND, "{\"sentAt\":" + System.nanoTime() + "}");
        }
    }

    private void send(String type, String json) {
        var key = UUID.randomUUID().toString();
        var message = new ProducerRecord<>(ReadingEvent.TOPIC, key, json.getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        ids.generate().toString(),
                        "ce_source",
                        "bench",
                        "ce_type",
                        type,
                        "ce_subject",
                        key,
                        "ce_time",
                        Instant.now().toString(),
                        "ce_sequence",
                        "1",
                        "ce_correlationid",
                        key,
                        "content-type",
                        "application/json")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        producer.send(message, (sent, failure) -> {
            if (failure != null) {
                unsent.compareAndSet(null, failure);
            }
        });
    }

    private long deadLetters() {
        return service.getBean(JdbcClient.class)
                .sql("SELECT count(*) FROM dead_letter")
                .query(Long.class)
                .single();
    }

    private static void waitUntil(long nanoTime) {
        for (var rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void await(Supplier<String> otherwise, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() -> unsent.get() != null || condition.call());
        } catch (ConditionTimeoutException e) {
            throw new BrokenPromiseException("After " + PATIENCE.toMinutes() + " minutes " + otherwise.get() + ".", e);
        }
        if (unsent.get() != null) {
            throw new IllegalStateException("an event could not be sent", unsent.get());
        }
    }

    @Override
    public void close() {
        producer.close();
        service.close();
    }
}

package dev.orderflow.bench.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.bench.publishing.WriterLoad;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Main class of the child JVM of {@code ./bench latency}: a service with its relay, a plain consumer, and a producer
 * with the relay's settings.
 * <ul>
 * <li>{@code ours RATE SECONDS}: an event is committed, and received;
 * <li>{@code baseline RATE SECONDS}: the same record is sent at once, and received;
 * <li>{@code ramp SECONDS THREADS}: as many as the threads can commit;
 * <li>{@code share N}: waits until the relays of N instances have their fair shares.
 * </ul>
 */
final class LatencyWorker {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEAD = Duration.ofMillis(100);
    private static final int DIGITS = 3;

    private final PublishingService service;
    private final Producer<byte[], byte[]> producer;
    private final String bootstrapServers;
    private final EventJson json = new EventJson();
    private long streams = 1;

    private LatencyWorker(Map<String, String> properties) {
        this.service = PublishingService.start(properties);
        this.producer = service.producer();
        this.bootstrapServers = properties.get("spring.kafka.bootstrap-servers");
    }

    public static void main(String[] arguments) throws IOException {
        ChildJvm.serve(arguments, properties -> {
            var worker = new LatencyWorker(properties);
            worker.begin();
            return question -> worker.answer(question.split(" "));
        });
    }

    /** Publishes the first event, which creates the topic. */
    private void begin() {
        service.startRelay();
        service.publish(List.of(Orders.placed(Receiver.key(streams++, 0), 0)));
        service.awaitAllSent();
    }

    private Object answer(String[] words) {
        try {
            return switch (words[0]) {
                case "ours" -> ours(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
                case "baseline" -> baseline(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
                case "share" -> share(Integer.parseInt(words[1]));
                case "ramp" -> ramp(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                default -> throw new IllegalArgumentException(words[0]);
            };
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Measures from commit, when the transaction has returned to its thread, to receipt. A transaction that could not
     * begin on time has the delay added. The relay may be faster than that thread; then the value is zero.
     */
    private String ours(double perSecond, int seconds) throws InterruptedException {
        try {
            return measure(perSecond, seconds, (key, number) -> {
                service.publish(List.of(Orders.placed(key, number)));
                return System.nanoTime();
            });
        } catch (BrokenPromiseException e) {
            throw new BrokenPromiseException(e.getMessage() + " The outbox "
                    + (service.isAllSent() ? "is sent completely." : "is not sent completely."));
        }
    }

    /** Measures from the producer's send to receipt. The producer does not linger, like the relay's. */
    private String baseline(double perSecond, int seconds) throws InterruptedException {
        return measure(perSecond, seconds, (key, number) -> {
            var sent = record(key, number);
            var begin = System.nanoTime();
            producer.send(sent);
            producer.flush();
            return begin;
        });
    }

    @FunctionalInterface
    private interface Sending {

        /** Sends a record and returns the start of its measured time, by {@link System#nanoTime}. */
        long send(UUID key, long number);
    }

    private String measure(double perSecond, int seconds, Sending sending) throws InterruptedException {
        var stream = streams++;
        var loop = new OpenLoop(perSecond, (int) Math.max(1, perSecond * seconds));
        var lateBy = new AtomicLongArray(loop.times());
        var from = new AtomicLongArray(loop.times());
        try (var receiver = new Receiver(bootstrapServers, Topics.ORDER_EVENTS, stream, loop.times())) {
            var begin = System.nanoTime() + LEAD.toNanos();
            loop.run(begin, number -> {
                lateBy.set((int) number, Math.max(0, System.nanoTime() - loop.intended(begin, number)));
                from.set((int) number, sending.send(Receiver.key(stream, number), number));
            });
            var receivedAt = receiver.await(PATIENCE);
            var histogram = new Histogram(DIGITS);
            for (var number = 0; number < loop.times(); number++) {
                var waited = Math.max(0, receivedAt.get(number) - from.get(number));
                histogram.recordValue(waited + lateBy.get(number));
            }
            return encoded(histogram);
        }
    }

    /** Returns events per second that writers commit and the relay sends. */
    private double ramp(int seconds, int threads) {
        var load = new WriterLoad(service, threads, streams++);
        var before = service.acknowledged();
        var begin = System.nanoTime();
        load.writeUntil(begin + Duration.ofSeconds(seconds).toNanos());
        var sent = service.acknowledged() - before;
        var elapsed = (System.nanoTime() - begin) / 1e9;
        service.awaitAllSent();
        return Math.min(sent, load.committed()) / elapsed;
    }

    private int share(int instances) {
        service.awaitShared(instances);
        return instances;
    }

    private ProducerRecord<byte[], byte[]> record(UUID key, long number) {
        var value = json.write(Orders.placed(key, number));
        return new ProducerRecord<>(Topics.ORDER_EVENTS, null, key.toString().getBytes(UTF_8), value, headers(key));
    }

    /** Returns headers of the same number and length as those of an event. */
    private static List<Header> headers(UUID key) {
        return List.of(
                header("ce_specversion", "1.0"),
                header("content-type", "application/json"),
                header("ce_id", UUID.randomUUID().toString()),
                header("ce_type", "dev.orderflow.order.placed.v1"),
                header("ce_source", Topics.ORDER_SERVICE),
                header("ce_subject", key.toString()),
                header("ce_time", Instant.now().toString()),
                header("ce_sequence", "1"),
                header("ce_correlationid", key.toString()),
                header("ce_intent", "order_placement"));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        var length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}

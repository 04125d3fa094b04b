package dev.orderflow.bench.latency;

import dev.orderflow.bench.BrokenPromiseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Plain consumer with Kafka's defaults, which records when it received each event. */
final class Receiver implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final long stream;
    private final AtomicLongArray receivedAt;
    private final CountDownLatch missing;
    private final CompletableFuture<Void> running;

    /**
     * Creates a consumer.
     *
     * @param stream whose keys, {@link #key}, it records; all others are ignored
     */
    Receiver(String bootstrapServers, String topic, long stream, int events) {
        this.stream = stream;
        this.receivedAt = new AtomicLongArray(events);
        this.missing = new CountDownLatch(events);
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions(topic));
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        this.running = new CompletableFuture<>();
        Thread.ofPlatform().name("receiver").start(this::receive);
    }

    static UUID key(long stream, long number) {
        return new UUID(stream, number);
    }

    /** Returns when each number was received, by {@link System#nanoTime}. */
    AtomicLongArray await(Duration patience) throws InterruptedException {
        if (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT,
                    "%,d of %,d events were not received; the first one has the key %s.",
                    missing.getCount(),
                    receivedAt.length(),
                    firstMissing()));
        }
        return receivedAt;
    }

    private UUID firstMissing() {
        var number = 0;
        while (number < receivedAt.length() - 1 && receivedAt.get(number) != 0) {
            number++;
        }
        return key(stream, number);
    }

    @Override
    public void close() {
        consumer.wakeup();
        running.join();
    }

    private void receive() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                var now = System.nanoTime();
                records.forEach(each -> note(each, now));
            }
        } catch (WakeupException e) {
            running.complete(null);
        } catch (RuntimeException e) {
            running.completeExceptionally(e);
        }
    }

    private void note(ConsumerRecord<String, byte[]> received, long now) {
        var key = UUID.fromString(received.key());
        if (key.getMostSignificantBits() == stream
                && receivedAt.compareAndSet((int) key.getLeastSignificantBits(), 0, now)) {
            missing.countDown();
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }
}

package dev.orderflow.eventing.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer whose poll ends when it has returned a number of bytes. Kafka only counts records, and what it fetches is compressed:
 * five hundred records of an ordinary fetch may be hundreds of megabytes. So records are taken from it a few at a time; those that it
 * has fetched already cost it neither a request nor a wait.
 * <p>
 * When taking more of them fails, what was taken is dropped with the exception, before any offset beyond it can be committed: the
 * caller has to open a new consumer.
 */
class GradualConsumer extends KafkaConsumer<String, byte[]> {

    /** So many of the largest records that can be forwarded are in memory at once, at worst. */
    static final int AT_ONCE = 8;

    private final int mostRecords;
    private final long mostBytes;
    private final int atOnce;

    GradualConsumer(Map<String, Object> properties, int mostRecords, long mostBytes) {
        super(withLimit(properties, mostRecords), new StringDeserializer(), new ByteArrayDeserializer());
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        this.atOnce = atOnce(mostRecords);
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
        var some = super.poll(timeout);
        if (some.count() < atOnce || some.count() + atOnce > mostRecords) {
            return some;
        }
        var records = new LinkedHashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
        var next = new HashMap<TopicPartition, OffsetAndMetadata>();
        var count = 0;
        var bytes = 0L;
        while (true) {
            for (var partition : some.partitions()) {
                records.computeIfAbsent(partition, first -> new ArrayList<>()).addAll(some.records(partition));
            }
            next.putAll(some.nextOffsets());
            count += some.count();
            bytes += bytes(some);
            if (some.count() < atOnce || count + atOnce > mostRecords || bytes >= mostBytes) {
                return new ConsumerRecords<>(records, next);
            }
            some = super.poll(Duration.ZERO);
        }
    }

    private static Map<String, Object> withLimit(Map<String, Object> properties, int mostRecords) {
        var limited = new HashMap<>(properties);
        limited.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, atOnce(mostRecords));
        return limited;
    }

    private static int atOnce(int mostRecords) {
        return Math.min(AT_ONCE, mostRecords);
    }

    private static long bytes(ConsumerRecords<String, byte[]> records) {
        var bytes = 0L;
        for (var message : records) {
            bytes += Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
            for (var header : message.headers()) {
                bytes += header.value() == null ? 0 : header.value().length;
            }
        }
        return bytes;
    }
}

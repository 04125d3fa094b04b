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
 * A consumer whose polls are limited by bytes. Kafka limits only the number of records, and fetches are compressed: five hundred
 * records of an ordinary fetch may be hundreds of megabytes. This consumer therefore polls a few records at a time. Records that
 * are already fetched cost neither a request nor a wait.
 * <p>
 * When a further poll fails, the exception discards the records polled before, and no offset beyond them can be committed. The
 * caller must open a new consumer.
 */
class GradualConsumer extends KafkaConsumer<String, byte[]> {

    /** Records per inner poll. In the worst case, this many records of the largest size are in memory at once. */
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

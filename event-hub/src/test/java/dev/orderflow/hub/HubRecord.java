package dev.orderflow.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A record with an event in the making: each method returns a changed one. */
public record HubRecord(
        String topic,
        EventMetadata metadata,
        byte @Nullable [] data,
        @Nullable Instant recordTime,
        List<String> extraHeaders) {

    /** Returns a new event of a service: the first of its key. */
    public static HubRecord of(String topic, String type, String source, String key) {
        var id = Generators.timeBasedEpochGenerator().generate();
        var metadata = EventMetadata.of(id, type, source, key, Instant.now());
        return new HubRecord(topic, metadata, "{}".getBytes(UTF_8), null, List.of());
    }

    public String id() {
        return metadata.publishedId();
    }

    /** Returns the event with another time; its sequence and context are those of a first event. */
    public HubRecord happened(Instant time) {
        return with(EventMetadata.of(metadata.id(), metadata.type(), metadata.source(), metadata.subject(), time));
    }

    public HubRecord sequence(long sequence) {
        return with(metadata.withSequence(sequence));
    }

    /** States the flow and the cause. */
    public HubRecord within(String correlationId, String causationId, @Nullable String tenant) {
        return with(metadata.within(
                new EventContext(correlationId, causationId, null, tenant, EventPriority.NORMAL, null, null, null)));
    }

    public HubRecord data(String json) {
        return data(json.getBytes(UTF_8));
    }

    public HubRecord data(byte[] bytes) {
        return new HubRecord(topic, metadata, bytes, recordTime, extraHeaders);
    }

    public HubRecord at(Instant time) {
        return new HubRecord(topic, metadata, data, time, extraHeaders);
    }

    /** Returns a copy of the event on another topic, with further headers: name, value, name, value. */
    public HubRecord copy(String other, String... headers) {
        return new HubRecord(other, metadata, data, recordTime, List.of(headers));
    }

    /** Returns the record as a producer sends it. */
    public ProducerRecord<String, byte[]> produced() {
        return new ProducerRecord<>(
                topic,
                null,
                recordTime == null ? null : recordTime.toEpochMilli(),
                metadata.subject(),
                data,
                headers());
    }

    /** Returns the record as a consumer receives it. */
    public ConsumerRecord<String, byte[]> consumed(int partition, long offset) {
        var time = recordTime == null ? Instant.now() : recordTime;
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                time.toEpochMilli(),
                TimestampType.CREATE_TIME,
                1,
                data == null ? 0 : data.length,
                metadata.subject(),
                data,
                headers(),
                Optional.empty());
    }

    private HubRecord with(EventMetadata changed) {
        return new HubRecord(topic, changed, data, recordTime, extraHeaders);
    }

    private RecordHeaders headers() {
        var headers = new RecordHeaders(CloudEventHeaders.of(metadata));
        for (var i = 0; i < extraHeaders.size(); i += 2) {
            headers.add(extraHeaders.get(i), extraHeaders.get(i + 1).getBytes(UTF_8));
        }
        return headers;
    }

    /** Returns a key that no other test uses. */
    public static String newKey() {
        return UUID.randomUUID().toString();
    }
}

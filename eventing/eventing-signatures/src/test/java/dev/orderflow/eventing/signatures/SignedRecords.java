package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Records of events that pay 7, and the keys that sign them. */
final class SignedRecords {

    static final TestKey KEY = TestKey.create();
    static final TestKey EXPIRED = TestKey.create();
    static final TestKey STRANGER = TestKey.create();

    private SignedRecords() {}

    static ProducerRecord<String, byte[]> paid(String bill) {
        return record(BillEvent.BILLS, "test.bill.paid.v1", "bills", bill);
    }

    static ProducerRecord<String, byte[]> record(String topic, String type, String source, String bill) {
        return record(
                topic, type, source, bill, Generators.timeBasedEpochGenerator().generate());
    }

    static ProducerRecord<String, byte[]> record(String topic, String type, String source, String bill, UUID id) {
        var metadata = EventMetadata.of(id, type, source, bill, Instant.parse("2026-11-30T00:00:00Z"));
        return new ProducerRecord<>(topic, 0, bill, data(bill, 7), CloudEventHeaders.of(metadata));
    }

    static byte[] data(String bill, int amount) {
        return ("{\"bill\":\"" + bill + "\",\"amount\":" + amount + "}").getBytes(UTF_8);
    }

    static ProducerRecord<String, byte[]> signed(TestKey key, ProducerRecord<String, byte[]> event) {
        return signed(key.signing(), event);
    }

    /** Signs an event as one of a tree of three. */
    static ProducerRecord<String, byte[]> signed(SigningKey key, ProducerRecord<String, byte[]> event) {
        var unsigned = Stream.of(event, paid("another"), paid("a third"))
                .map(each -> new EventSigner.Event(
                        each.topic(),
                        each.key().getBytes(UTF_8),
                        List.of(each.headers().toArray()),
                        each.value()))
                .toList();
        var signer = new TreeSigner(new Refreshed<>("key", () -> key, Clock.systemUTC(), Duration.ofMinutes(1)));
        return new ProducerRecord<>(
                event.topic(),
                0,
                event.key(),
                event.value(),
                signer.sign(unsigned).getFirst());
    }

    static ProducerRecord<String, byte[]> copy(
            ProducerRecord<String, byte[]> event, String topic, String key, byte @Nullable [] data) {
        return new ProducerRecord<>(
                topic, 0, key, data, new ArrayList<>(List.of(event.headers().toArray())));
    }

    static void set(ProducerRecord<String, byte[]> event, String name, String value) {
        event.headers().remove(name).add(name, value.getBytes(UTF_8));
    }

    static String signature(ProducerRecord<String, byte[]> event) {
        return new String(event.headers().lastHeader(SignedContent.SIGNATURE).value(), UTF_8);
    }

    static void send(ProducerRecord<String, byte[]> event) {
        var settings = TestInfrastructure.get().producerSettings();
        // A million headers are a small record once they are compressed.
        settings.putAll(Map.of("compression.type", "gzip", "max.request.size", 16 << 20));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(event);
        }
    }
}
